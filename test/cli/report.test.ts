import { expect, test } from '@jest/globals';
import { evidencePage } from '../../cli/report/evidence-page.ts';
import type { DrillOutcome } from '../../lib/contracts/drill.ts';
import type { Evidence } from '../../lib/contracts/evidence.ts';
import { aDrillOutcome, anEndedFailover } from '../contracts/good-recovery.ts';
import { aFailoverPlan } from '../domain/failover/builders.ts';
import { aChainOf, anEndedDrill, aSignedChain } from './support/signed-chain.ts';

const evidenceOf = (differs: Partial<DrillOutcome> = {}): Evidence =>
  aSignedChain(anEndedDrill('shop-d1', differs))[0] as Evidence;
const pageOf = (differs: Partial<DrillOutcome> = {}, problems: string[] = []) =>
  evidencePage({ evidence: evidenceOf(differs), problems });

test('it tells the verdict, each check, RPO and RTO beside what is promised, the cost and the removal', () => {
  const rpo = { name: 'rpo', verdict: 'healthy', reason: '31.0 s; promised are 300 s' } as const;
  const page = pageOf({ checks: [{ name: 'sentinels', verdict: 'healthy', reason: '61 in one chain' }, rpo] });
  for (const told of ['61 in one chain', '31 s', '31.0 s; promised are 300 s', '15 min 00 s', '0.02 USD'])
    expect(page).toContain(told);
  expect(page).toContain('evenkeel-drill-shop-d1, seen to be gone');
});

test('it tells how long each phase took', () => {
  const page = pageOf({
    phases: {
      chosenAt: '2026-05-02T10:00:01.000Z',
      armedAt: '2026-05-02T10:00:03.000Z',
      restoredAt: '2026-05-02T10:10:03.000Z',
    },
  });
  expect(page).toMatch(/<td>arm<\/td><td class="number">2\.0 s<\/td>/);
  expect(page).toMatch(/<td>restore<\/td><td class="number">10 min 00 s<\/td>/);
});

test('of a failover it tells how it ended, who said what, and the way back', () => {
  const outcome = {
    ...anEndedFailover().outcome,
    status: 'moved' as const,
    rpoSeconds: 30,
    failBack: ['Keep the old one'],
  };
  const fencing = { fence: 'fenced', state: 'refuses', reason: 'the old writer is fenced' } as const;
  const [evidence] = aChainOf({ failover: anEndedFailover({ plan: aFailoverPlan(), fencing, outcome }) });
  const page = evidencePage({ evidence: evidence as Evidence, problems: [] });
  for (const told of [
    'moved',
    'no checker gets an answer',
    'the old writer is fenced',
    'Keep the old one',
    'promised are 300 s',
  ])
    expect(page).toContain(told);
});

test('of a failover that was refused it claims nothing', () => {
  const [evidence] = aChainOf({ failover: anEndedFailover() });
  const page = evidencePage({ evidence: evidence as Evidence, problems: [] });
  for (const told of ['refused', 'RegionNotLost', 'not measured', 'not touched', 'Nothing was decided'])
    expect(page).toContain(told);
});

test('of a negative control it shows the figures that were seen', () => {
  const seen = { name: 'seen: rpo', verdict: 'healthy', reason: 'unhealthy: 900.0 s; promised are 300 s' } as const;
  expect(pageOf({ checks: [seen] })).toContain('<small>unhealthy: 900.0 s; promised are 300 s</small>');
});

test('what was not measured is not a zero', () => {
  const { rpoSeconds: _, rtoSeconds: __, ...outcome } = aDrillOutcome();
  const [evidence] = aSignedChain({ ...anEndedDrill('shop-d1'), outcome });
  const page = evidencePage({ evidence: evidence as Evidence, problems: [] });
  expect(page.match(/not measured/g)).toHaveLength(2);
});

test('a copy that may still be there stands out', () => {
  const page = pageOf({ absent: false });
  expect(page).toContain('still there');
  expect(page).toContain('remove by 2026-05-02T16:00:00.000Z');
});

test('whatever came from outside is text, never markup', () => {
  const attack = '<script>alert("1")</script><img src=x onerror=\'a()\'>&';
  const page = pageOf({ reason: attack, checks: [{ name: attack, verdict: 'error', reason: attack }] }, [attack]);
  expect(page).not.toMatch(/<script|<img|onerror='/);
  expect(page).toContain(
    '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=x onerror=&#39;a()&#39;&gt;&amp;',
  );
});

test('it needs nothing else: no script, nothing fetched, and the browser is told so', () => {
  const page = pageOf();
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|<link|<img|url\(|@import|https?:/);
});

test('it is readable in the dark and on paper', () => {
  expect(pageOf()).toMatch(/prefers-color-scheme: dark[\s\S]*@media print/);
});

test('it says what is wrong with the chain, and claims nothing then', () => {
  const page = pageOf({}, ['entry 1: its content is not what was hashed: it was changed']);
  expect(page).toContain('its content is not what was hashed');
  expect(page).not.toContain('signature of the chain held');
});
