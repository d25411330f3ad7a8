import { Html } from './html.ts';

/** Light and dark by the reader's choice; black on white on paper. No font, image or script is fetched. */
export const pageStyle = new Html(`
:root { color-scheme: light dark; --text: #1d2430; --dim: #5b6675; --line: #d7dde5; --ground: #ffffff; --panel: #f5f7fa;
  --good: #0a6b3d; --doubt: #8a5a00; --bad: #b3151f; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ee; --dim: #9aa5b4; --line: #333c49; --ground: #12161c;
  --panel: #1a2028; --good: #56c78c; --doubt: #e0b04f; --bad: #ff7b83; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 3rem; color: var(--text); background: var(--ground);
  font: 16px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
p { margin: .3rem 0; } .dim { color: var(--dim); } code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.4rem 0 0; padding: 0; }
.figures > div { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
.figures dt { color: var(--dim); font-size: .85rem; } .figures dd { margin: 0; font-size: 1.25rem; font-weight: 600; }
.figures small { display: block; font-size: .8rem; font-weight: 400; color: var(--dim); }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--dim); font-weight: 500; } td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
td.reason { overflow-wrap: anywhere; } .verdict { font-weight: 600; white-space: nowrap; }
.healthy { color: var(--good); } .inconclusive { color: var(--doubt); } .error, .unhealthy { color: var(--bad); }
.bar { background: var(--panel); height: .7rem; border-radius: .35rem; overflow: hidden; min-width: 6rem; }
.bar > i { display: block; height: 100%; background: currentColor; opacity: .55; }
@media print { :root { color-scheme: light; --text: #000; --dim: #333; --line: #999; --ground: #fff; --panel: #fff;
  --good: #004d29; --doubt: #5c3c00; --bad: #8a0000; } body { max-width: none; padding: 0; font-size: 11pt; }
  tr, .figures > div { break-inside: avoid; } h2 { break-after: avoid; }
  .bar > i { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`);
