import * as v from 'valibot';
import { Catalog, type Service } from '../../lib/contracts/catalog.ts';
import type { CertificateSection } from '../../lib/contracts/certificate-policy.ts';
import type { ReleasePolicy } from '../../lib/contracts/policy.ts';
import type { Database, RecoveryPolicy } from '../../lib/contracts/recovery-policy.ts';
import type { RemediationSection } from '../../lib/contracts/remediation-policy.ts';

const stop = { whenInconclusive: 'stop' } as const;

/** Short stages: the model's time is free, but every look of the watch is work. */
export const modelPolicy: ReleasePolicy = {
  gates: {
    imageScan: { ...stop, maxCritical: 0, maxHigh: 5 },
    configuration: stop,
    alarms: stop,
    notFoundBad: stop,
    freeze: stop,
  },
  approval: 'none',
  rollout: { deadlineSeconds: 60, pollSeconds: 5 },
  smoke: { requests: 20, maxFailures: 0, maxP95Ms: 500 },
  undoDrillWeight: 5,
  shift: [
    { weight: 10, holdSeconds: 10 },
    { weight: 50, holdSeconds: 10 },
    { weight: 100, holdSeconds: 10 },
  ],
  bakeSeconds: 20,
  watch: {
    toleratedErrorRate: 0.001,
    worstErrorRate: 0.05,
    alpha: 0.001,
    beta: 0.01,
    windowSeconds: 10,
    pollSeconds: 10,
    deadlineSeconds: 300,
    minimumRequests: 20,
    limits: { errorRate: 0.05, p95Ms: 1000, p99Ms: 2000 },
    syntheticRequestsPerPoll: 0,
    heartbeatSeconds: 60,
  },
  drainSeconds: 10,
  verify: { requests: 20 },
  leaseSeconds: 86_400,
};

const shop: Service = { name: 'shop', floor: 2, smokePath: '/health', alarms: ['shop-errors'], policy: 'standard' };

/** Few looks: each is work for the explorer. */
const modelRecovery: RecoveryPolicy = {
  retention: { days: 7, weeks: 4, months: 3 },
  freshHours: 26,
  drillFreshDays: 35,
  sizeAnomalyShare: 0.5,
  copyToSecondRegion: true,
  exports: ['dump', 'configuration'],
  backup: { deadlineSeconds: 3600 },
  drill: {
    removeAfterSeconds: 3600,
    deadlineSeconds: 2100,
    absenceSeconds: 1200,
    sizeClass: 'db.t4g.medium',
    hourlyUsd: 0.12,
  },
  promises: { rpoSeconds: 3600, rtoSeconds: 14_400, backupSeconds: 1800 },
};

const shopDatabase: Database = {
  name: 'shop-db',
  instance: 'shop-db',
  services: ['shop'],
  policy: 'standard',
  invariants: [{ name: 'orders have customers', sql: 'SELECT true' }],
  churning: [{ table: 'public.carts', leastRows: 1 }],
  failover: {
    replica: 'shop-db-second',
    cluster: 'second',
    records: ['shop.example.com'],
    drillRecord: 'drill.shop.example.com',
    path: '/health',
    witnesses: 3,
    approval: 'none',
    deadlines: { fenceSeconds: 60, writableSeconds: 600, podsSeconds: 300, requestsSeconds: 120 },
    verify: { requests: 10 },
    leaseSeconds: 3600,
  },
};

/** What certificates of the model are held to; its sources know where they are served. */
const modelCertificateSection: CertificateSection = {
  policy: {
    renewShare: 0.33,
    badShare: 0.1,
    unknownGraceSeconds: 5400,
    batchSize: 2,
    probeSeconds: 60,
    issueSeconds: 300,
    serveSeconds: 300,
  },
  endpoints: [],
  issuers: [{ organization: 'Good Authority', caa: ['good.example'] }],
  domains: ['example.com'],
  controls: {
    expired: { host: 'expired.test', port: 443, protocol: 'https' },
    wrongChain: { host: 'wrong-chain.test', port: 443, protocol: 'https' },
  },
};

/** One service, `shop`, with one database, under one policy; a caller states only what differs. */
export const modelCatalog = (
  policy: Partial<ReleasePolicy> = {},
  freezes: Catalog['freezes'] = [],
  remediation?: RemediationSection,
): Catalog =>
  v.parse(Catalog, {
    version: 1,
    freezes,
    policies: { standard: { ...modelPolicy, ...policy } },
    services: [shop],
    recovery: { standard: modelRecovery },
    databases: [shopDatabase],
    certificates: modelCertificateSection,
    ...(remediation && { remediation }),
  });
