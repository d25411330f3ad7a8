import type { Backup } from '../../../lib/contracts/backup.ts';
import type { Manifest, TableReading } from '../../../lib/contracts/content.ts';
import type { Instance } from '../../../lib/contracts/database.ts';
import type { Drill, DrillOutcome, DrillPlan } from '../../../lib/contracts/drill.ts';
import { fromMs, toMs } from '../../../lib/contracts/instant.ts';
import type { RecoveryPolicy } from '../../../lib/contracts/recovery-policy.ts';
import type { FirstReading } from '../../../lib/domain/recovery/judge-content.ts';
import { nextSentinel } from '../../../lib/domain/recovery/sentinel.ts';

/* Each builder starts from a good value; a test states only what differs. */

export const now = '2026-05-01T10:00:00.000Z';
export const ago = (seconds: number): string => fromMs(toMs(now) - seconds * 1000);
export const daysAgo = (days: number): string => ago(days * 86_400);

export const aRecoveryPolicy = (changes: Partial<RecoveryPolicy> = {}): RecoveryPolicy => ({
  retention: { days: 30, weeks: 12, months: 12 },
  freshHours: 26,
  drillFreshDays: 35,
  sizeAnomalyShare: 0.5,
  copyToSecondRegion: true,
  exports: [],
  backup: { deadlineSeconds: 3600 },
  drill: {
    removeAfterSeconds: 7200,
    deadlineSeconds: 3600,
    absenceSeconds: 1800,
    sizeClass: 'db.t4g.medium',
    hourlyUsd: 0.12,
  },
  promises: { rpoSeconds: 3600, rtoSeconds: 14_400, backupSeconds: 1800 },
  ...changes,
});

export const aTable = (changes: Partial<TableReading> = {}): TableReading => ({
  table: 'public.orders',
  rows: 10,
  checksum: '77',
  damage: [],
  ...changes,
});

export const anOutline = {
  systemIdentifier: '7000000000000000001',
  database: 'shop',
  engineVersion: '18.4',
  owners: { 'public.orders': 'shop', 'public.events': 'shop' },
  extensions: { plpgsql: '1.0' },
  pageChecksums: true,
};

export const aManifest = (changes: Partial<Manifest> = {}): Manifest => ({
  instance: 'shop-db',
  at: ago(120),
  outline: anOutline,
  tables: [aTable(), aTable({ table: 'public.events', rows: 100, checksum: '500' })],
  ...changes,
});

export const aBackup = (changes: Partial<Backup> = {}): Backup => ({
  id: 'shop-db-b1',
  database: 'shop-db',
  instance: 'shop-db',
  snapshot: 'evenkeel-shop-db-b1',
  status: 'complete',
  proof: 'unproven',
  startedAt: ago(200),
  takenAt: ago(100),
  endedAt: ago(50),
  bytes: 1000,
  ...changes,
});

export const anInstance = (changes: Partial<Instance> = {}): Instance => ({
  id: 'shop-db',
  status: 'available',
  engineVersion: '18.4',
  sizeClass: 'db.r7g.large',
  storageGib: 100,
  reach: { public: false, subnetGroup: 'production', securityGroups: ['sg-production'] },
  backupRetentionDays: 7,
  deletionProtection: true,
  encrypted: true,
  restorable: { from: daysAgo(7), to: ago(60) },
  ...changes,
});

export const aCopy = (changes: Partial<Instance> = {}): Instance => ({
  id: 'evenkeel-drill-shop-db-d1',
  status: 'available',
  engineVersion: '18.4',
  sizeClass: 'db.t4g.medium',
  storageGib: 100,
  reach: { public: false, subnetGroup: 'restore-test', securityGroups: ['sg-restore-test'] },
  backupRetentionDays: 0,
  deletionProtection: false,
  encrypted: true,
  mark: { drill: 'shop-db-d1', removeBy: ago(-7200) },
  ...changes,
});

export const aPlan = (changes: Partial<DrillPlan> = {}): DrillPlan => ({
  drill: 'shop-db-d1',
  database: 'shop-db',
  source: { kind: 'snapshot', snapshot: 'evenkeel-shop-db-b1', of: 'shop-db' },
  point: ago(100),
  before: 'shop-db-b1',
  proves: 'shop-db-b1',
  instance: 'evenkeel-drill-shop-db-d1',
  startedAt: now,
  removeBy: ago(-7200),
  ...changes,
});

export const anOutcome = (changes: Partial<DrillOutcome> = {}): DrillOutcome => ({
  verdict: 'healthy',
  checks: [],
  rpoSeconds: 60,
  rtoSeconds: 600,
  phases: {},
  absent: true,
  costUsd: 0.02,
  reason: 'all checks are healthy',
  ...changes,
});

export const aDrill = (changes: Partial<Drill> = {}): Drill => ({
  plan: aPlan(),
  status: 'ended',
  outcome: anOutcome(),
  ...changes,
});

export const sentinels = (count: number) => {
  const rows = [nextSentinel(undefined, ago(150 + 60 * (count - 1)))];
  for (let left = count - 2; left >= 0; left -= 1) rows.push(nextSentinel(rows.at(-1), ago(150 + 60 * left)));
  return rows;
};

export const aFirstReading = (changes: Partial<FirstReading> = {}): FirstReading => {
  const newest = sentinels(3).at(-1);
  return {
    sentinels: { ...(newest && { newest }), count: 3 },
    owners: anOutline.owners,
    extensions: anOutline.extensions,
    systemIdentifier: anOutline.systemIdentifier,
    database: anOutline.database,
    pageChecksums: true,
    invariants: [{ name: 'orders have customers', holds: true }],
    tableNames: ['public.events', 'public.orders'],
    ...changes,
  };
};
