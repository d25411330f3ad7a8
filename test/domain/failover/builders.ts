import type { Instance, Snapshot } from '../../../lib/contracts/database.ts';
import type { FailoverPlan, FailoverVerified, FailoverWish, Witness } from '../../../lib/contracts/failover.ts';
import type { FailoverPolicy } from '../../../lib/contracts/failover-policy.ts';
import type { Database, RecoveryPolicy } from '../../../lib/contracts/recovery-policy.ts';

/* Each builder starts from a good value; a test states only what differs. */

export const now = '2026-05-01T10:00:00.000Z';

export const aWitness = (differs: Partial<Witness> = {}): Witness => ({
  name: 'health-check',
  saw: 'lost',
  reason: 'no checker gets an answer',
  ...differs,
});
export const threeWitnesses = (third: Partial<Witness> = {}): Witness[] => [
  aWitness(),
  aWitness({ name: 'load-balancer' }),
  aWitness({ name: 'addresses', ...third }),
];

export const aFailoverPolicy = (differs: Partial<FailoverPolicy> = {}): FailoverPolicy => ({
  replica: 'shop-second',
  cluster: 'second',
  records: ['shop.example.com'],
  drillRecord: 'drill.shop.example.com',
  path: '/items',
  witnesses: 3,
  approval: 'none',
  deadlines: { fenceSeconds: 60, writableSeconds: 600, podsSeconds: 300, requestsSeconds: 120 },
  verify: { requests: 20 },
  leaseSeconds: 3600,
  ...differs,
});

export const aRecoveryPolicy = (differs: Partial<RecoveryPolicy> = {}): RecoveryPolicy => ({
  retention: { days: 30, weeks: 8, months: 12 },
  freshHours: 26,
  drillFreshDays: 35,
  sizeAnomalyShare: 0.5,
  copyToSecondRegion: true,
  exports: [],
  backup: { deadlineSeconds: 3600 },
  drill: {
    removeAfterSeconds: 7200,
    deadlineSeconds: 3600,
    absenceSeconds: 900,
    sizeClass: 'db.t4g.medium',
    hourlyUsd: 0.1,
  },
  promises: { rpoSeconds: 300, rtoSeconds: 1800, backupSeconds: 3600 },
  ...differs,
});

export const aDatabase = (differs: Partial<Database> = {}): Database => ({
  name: 'shop-db',
  instance: 'shop-first',
  services: ['shop'],
  policy: 'standard',
  invariants: [],
  failover: aFailoverPolicy(),
  ...differs,
});

export const anInstance = (differs: Partial<Instance> = {}): Instance => ({
  id: 'shop-second',
  status: 'available',
  engineVersion: '18.4',
  sizeClass: 'db.t4g.medium',
  storageGib: 20,
  reach: { public: false, subnetGroup: 'data', securityGroups: ['data'] },
  backupRetentionDays: 7,
  deletionProtection: true,
  encrypted: true,
  follows: { id: 'shop-first', lagSeconds: 1 },
  ...differs,
});

export const aSnapshot = (differs: Partial<Snapshot> = {}): Snapshot => ({
  id: 'evenkeel-shop-db-b1',
  of: 'shop-first',
  status: 'available',
  takenAt: '2026-05-01T03:00:00.000Z',
  storageGib: 20,
  encrypted: true,
  engineVersion: '18.4',
  backup: 'shop-db-b1',
  ...differs,
});

export const aWish = (differs: Partial<FailoverWish> = {}): FailoverWish => ({
  database: 'shop-db',
  mode: 'real',
  requestedBy: 'alice',
  requestId: 'f1',
  reason: 'the region is gone',
  ...differs,
});

export const aFailoverPlan = (differs: Partial<FailoverPlan> = {}): FailoverPlan => ({
  name: 'failover-shop-db-f1',
  database: 'shop-db',
  mode: 'real',
  reason: 'the region is gone',
  requestedBy: 'alice',
  old: 'shop-first',
  replica: 'shop-second',
  target: 'shop-second',
  records: ['shop.example.com'],
  dependants: [{ service: 'shop', floor: 2 }],
  witnesses: threeWitnesses(),
  startedAt: now,
  lostAt: now,
  policy: aFailoverPolicy(),
  promises: { rpoSeconds: 300, rtoSeconds: 1800 },
  ...differs,
});

export const verified = (differs: Partial<FailoverVerified> = {}): FailoverVerified => ({
  verifiedAt: '2026-05-01T10:05:00.000Z',
  rtoSeconds: 300,
  rpoSeconds: 30,
  requests: 20,
  sentinel: { before: 7, after: 8 },
  ...differs,
});
