import type { ServiceState, StatusPage } from '../../contracts/status-page.ts';

const words: Readonly<Record<ServiceState, string>> = {
  well: 'All is well',
  disturbed: 'Disturbed: it is being looked after',
  down: 'Disturbed: people look after it',
  unknown: 'Unknown',
};

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}' +
  'td,th{text-align:left;padding:.4rem;border-bottom:1px solid #ccc}.well{color:#0a6b2d}.disturbed{color:#8a5a00}.down{color:#a11}.unknown{color:#555}';

/** The page as HTML: no script, nothing from elsewhere. */
export const renderStatus = (page: StatusPage): string =>
  [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta http-equiv="refresh" content="60"><title>Status</title><style>${style}</style></head><body><h1>Status</h1>`,
    `<p>As of <time>${page.at}</time></p>`,
    table(
      ['Service', 'State'],
      page.services.map(({ name, state }) => [escaped(name), `<span class="${state}">${words[state]}</span>`]),
    ),
    '<h2>Disturbances of the last days</h2>',
    table(
      ['Service', 'From', 'To'],
      page.disturbances.map(({ service, from, to }) => [escaped(service), from, to ?? 'goes on']),
    ),
    '<h2>Planned maintenance</h2>',
    table(
      ['From', 'To'],
      page.maintenance.map(({ from, to }) => [from, to]),
    ),
    '</body></html>\n',
  ].join('\n');

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  if (rows.length === 0) return '<p>None.</p>';
  const row = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table>${row(heads, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`;
};

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
