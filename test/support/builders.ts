import { readFileSync } from 'node:fs';
import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import type { LedgerFact } from '../../lib/contracts/ledger.ts';
import type { ReleasePolicy, WatchPolicy } from '../../lib/contracts/policy.ts';
import type { Plan, Release } from '../../lib/contracts/release.ts';
import type { Answer } from '../../lib/contracts/routing.ts';
import type { Alarm, Bucket } from '../../lib/contracts/signals.ts';

/* Each builder starts from a good value; a test states only what differs. */

export const now = '2026-05-01T10:00:00.000Z';
export const digestOf = (hexDigit: string): string => `sha256:${hexDigit.repeat(64)}`;
export const v1 = digestOf('1');
export const v2 = digestOf('2');

const shipped = parseCatalog(readFileSync('config/catalog.yml', 'utf8'), 'config/catalog.yml');

export const aPolicy = (changes: Partial<ReleasePolicy> = {}): ReleasePolicy => {
  const { standard } = shipped.policies;
  if (!standard) throw new Error('the shipped catalog has no policy "standard"');
  return { ...standard, ...changes };
};
export const aWatch = (changes: Partial<WatchPolicy> = {}): WatchPolicy => ({ ...aPolicy().watch, ...changes });

export const aPlan = (changes: Partial<Plan> = {}): Plan => ({
  releaseId: 'shop-r2',
  requestId: 'r2',
  service: 'shop',
  digest: v2,
  requestedBy: 'ci',
  plannedAt: now,
  floor: 2,
  smokePath: '/health',
  idleSlot: 'green',
  live: { slot: 'blue', digest: v1, releaseId: 'shop-r1' },
  policy: aPolicy(),
  ...changes,
});

export const aRelease = (changes: Partial<Release> = {}): Release => ({
  releaseId: 'shop-r2',
  service: 'shop',
  digest: v2,
  slot: 'green',
  requestedBy: 'ci',
  status: 'shifting',
  plannedAt: now,
  undo: { slot: 'blue', digest: v1, releaseId: 'shop-r1' },
  run: 'run-1',
  ...changes,
});

export const anAlarm = (changes: Partial<Alarm> = {}): Alarm => ({
  name: 'errors',
  state: 'ok',
  acts: true,
  ...changes,
});
export const anAnswer = (changes: Partial<Answer> = {}): Answer => ({
  ok: true,
  latencyMs: 20,
  slot: 'green',
  digest: v2,
  ...changes,
});
export const aBucket = (changes: Partial<Bucket> = {}): Bucket => ({
  start: now,
  slot: 'green',
  requests: 100,
  failures: 0,
  p95Ms: 50,
  p99Ms: 90,
  ...changes,
});
export const aFact = (changes: Partial<LedgerFact> = {}): LedgerFact => ({
  service: 'shop',
  key: 'k',
  kind: 'planned',
  at: now,
  run: 'run-1',
  says: 'it was planned',
  data: {},
  ...changes,
});
