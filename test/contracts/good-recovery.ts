import type { Backup } from '../../lib/contracts/backup.ts';
import type { Manifest, TableReading } from '../../lib/contracts/content.ts';
import type { Drill, DrillOutcome, DrillPlan } from '../../lib/contracts/drill.ts';
import type { EndedFailover, Evidence } from '../../lib/contracts/evidence.ts';

/* Good values of backups, drills and evidence; a test states only what differs. */

export const aTableReading = (differs: Partial<TableReading> = {}): TableReading => ({
  table: 'public.orders',
  rows: 3,
  checksum: '123456789012345678901234567890',
  damage: [],
  ...differs,
});

export const aManifest = (differs: Partial<Manifest> = {}): Manifest => ({
  instance: 'shop-production',
  at: '2026-05-01T10:00:30.000Z',
  outline: {
    systemIdentifier: '7400000000000000001',
    database: 'shop',
    engineVersion: '18.4',
    owners: { 'public.orders': 'shop' },
    extensions: { amcheck: '1.5' },
    pageChecksums: true,
  },
  tables: [aTableReading()],
  ...differs,
});

export const aBackup = (differs: Partial<Backup> = {}): Backup => ({
  id: 'shop-b1',
  database: 'shop',
  instance: 'shop-production',
  snapshot: 'evenkeel-shop-b1',
  status: 'taking',
  proof: 'unproven',
  startedAt: '2026-05-01T10:00:00.000Z',
  ...differs,
});

export const aDrillPlan = (differs: Partial<DrillPlan> = {}): DrillPlan => ({
  drill: 'shop-d1',
  database: 'shop',
  source: { kind: 'snapshot', snapshot: 'evenkeel-shop-b1', of: 'shop-production' },
  point: '2026-05-01T10:01:00.000Z',
  before: 'shop-b1',
  proves: 'shop-b1',
  instance: 'evenkeel-drill-shop-d1',
  startedAt: '2026-05-02T10:00:00.000Z',
  removeBy: '2026-05-02T16:00:00.000Z',
  ...differs,
});

export const aDrill = (differs: Partial<DrillPlan> = {}): Drill => ({ plan: aDrillPlan(differs), status: 'open' });

export const aDrillOutcome = (differs: Partial<DrillOutcome> = {}): DrillOutcome => ({
  verdict: 'healthy',
  checks: [{ name: 'sentinels', verdict: 'healthy', reason: '61 in an unbroken chain' }],
  rpoSeconds: 31,
  rtoSeconds: 900,
  phases: { chosenAt: '2026-05-02T10:00:01.000Z', removedAt: '2026-05-02T10:20:00.000Z' },
  absent: true,
  costUsd: 0.02,
  reason: 'everything that was backed up is there',
  ...differs,
});

/** One that was refused before anything was decided. */
export const anEndedFailover = (differs: Partial<EndedFailover> = {}): EndedFailover => ({
  name: 'failover-shop-f1',
  wish: { database: 'shop', mode: 'real', requestedBy: 'alice', requestId: 'f1', reason: 'the region does not answer' },
  plan: null,
  fencing: null,
  verified: null,
  outcome: {
    status: 'refused',
    reason: 'RegionNotLost: addresses answers',
    rtoSeconds: null,
    rpoSeconds: null,
    absent: null,
    failBack: [],
  },
  endedAt: '2026-05-02T10:20:00.000Z',
  ...differs,
});

const hashOf = (sequence: number) => sequence.toString(16).padStart(64, '0');

const atPlace = (sequence: number, database: string) => ({
  format: 'evenkeel-evidence-1' as const,
  database,
  sequence,
  previousHash: hashOf(sequence - 1),
  hash: hashOf(sequence),
  signature: { keyId: 'a-key', algorithm: 'ECDSA_SHA_256' as const, signature: 'c2lnbmVk' },
});

/** The evidence of one drill at its place in the chain; the hashes fit together, but are nobody's. */
export const someEvidence = (sequence: number, drill: string, database = 'shop'): Evidence => ({
  ...atPlace(sequence, database),
  drill: {
    plan: aDrillPlan({ drill, database, instance: `evenkeel-drill-${drill}` }),
    status: 'ended',
    outcome: aDrillOutcome(),
  },
});

export const evidenceOfFailover = (sequence: number): Evidence => ({
  ...atPlace(sequence, 'shop'),
  failover: anEndedFailover(),
});
