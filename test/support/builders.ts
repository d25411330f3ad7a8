import type { Catalog, Service } from '../../lib/contracts/catalog.ts';
import type { CertificateSection } from '../../lib/contracts/certificate-policy.ts';
import type { LedgerFact } from '../../lib/contracts/ledger.ts';
import type { ReleasePolicy, WatchPolicy } from '../../lib/contracts/policy.ts';
import type { LiveRelease, Plan, Release } from '../../lib/contracts/release.ts';
import type { Answer } from '../../lib/contracts/routing.ts';
import type { Alarm, Bucket } from '../../lib/contracts/signals.ts';
import type { SlotState } from '../../lib/contracts/slot-state.ts';

/* Each builder starts from a good value; a test states only what differs. */

export const now = '2026-05-01T10:00:00.000Z';
export const digestOf = (hexDigit: string): string => `sha256:${hexDigit.repeat(64)}`;
export const v1 = digestOf('1');
export const v2 = digestOf('2');

export const aWatch = (changes: Partial<WatchPolicy> = {}): WatchPolicy => ({
  toleratedErrorRate: 0.001,
  worstErrorRate: 0.02,
  alpha: 0.001,
  beta: 0.01,
  windowSeconds: 10,
  pollSeconds: 10,
  deadlineSeconds: 300,
  minimumRequests: 50,
  limits: { errorRate: 0.05, p95Ms: 500, p99Ms: 1000 },
  syntheticRequestsPerPoll: 0,
  heartbeatSeconds: 60,
  ...changes,
});

const stop = { whenInconclusive: 'stop' } as const;
const warn = { whenInconclusive: 'warn' } as const;

/** All gates, and a policy without contradictions. */
export const aPolicy = (changes: Partial<ReleasePolicy> = {}): ReleasePolicy => ({
  gates: {
    imageScan: { ...stop, maxCritical: 0, maxHigh: 5 },
    configuration: stop,
    alarms: stop,
    notFoundBad: stop,
    freeze: stop,
    backupFresh: warn,
    restoreDrillFresh: warn,
    certificates: warn,
    schemaCompatible: warn,
  },
  approval: 'none',
  rollout: { deadlineSeconds: 300, pollSeconds: 5 },
  smoke: { requests: 20, maxFailures: 0, maxP95Ms: 500 },
  undoDrillWeight: 5,
  shift: [
    { weight: 10, holdSeconds: 30 },
    { weight: 50, holdSeconds: 30 },
    { weight: 100, holdSeconds: 30 },
  ],
  bakeSeconds: 600,
  watch: aWatch(),
  drainSeconds: 30,
  verify: { requests: 50 },
  leaseSeconds: 10_800,
  ...changes,
});

export const aService = (changes: Partial<Service> = {}): Service => ({
  name: 'shop',
  floor: 2,
  smokePath: '/health',
  alarms: ['errors'],
  policy: 'standard',
  ...changes,
});

export const aCatalog = (changes: Partial<Catalog> = {}): Catalog => ({
  version: 1,
  freezes: [],
  policies: { standard: aPolicy() },
  services: [aService()],
  recovery: {},
  databases: [],
  ...changes,
});

export const aCertificateSection = (changes: Partial<CertificateSection> = {}): CertificateSection => ({
  policy: {
    renewShare: 0.33,
    badShare: 0.1,
    unknownGraceSeconds: 3600,
    batchSize: 100,
    probeSeconds: 60,
    issueSeconds: 600,
    serveSeconds: 600,
  },
  endpoints: [{ host: 'shop.example.com', port: 443, protocol: 'https', service: 'shop', restart: false, hsts: true }],
  issuers: [{ organization: 'Good Authority', caa: ['good.example'] }],
  domains: ['example.com'],
  ...changes,
});

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

export const aLive = (changes: Partial<LiveRelease> = {}): LiveRelease => ({
  slot: 'blue',
  digest: v1,
  releaseId: 'shop-r1',
  since: now,
  ...changes,
});

export const aSlotState = (changes: Partial<SlotState> = {}): SlotState => ({
  digest: v2,
  wanted: 3,
  ready: 3,
  crashing: false,
  floor: 3,
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
