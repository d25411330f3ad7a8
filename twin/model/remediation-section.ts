import type { RemediationSection } from '../../lib/contracts/remediation-policy.ts';

const quick = { settleSeconds: 10, periodSeconds: 10, periods: 3, patience: 6 };
/** For acts that take minutes. */
const patient = { settleSeconds: 60, periodSeconds: 60, periods: 2, patience: 5 };

/** What is done about the model's alarms: a rung that may help, one that may help more, and people. Few looks: each is work. */
export const modelRemediation: RemediationSection = {
  playbooks: [
    {
      name: 'crashing',
      match: {
        all: [
          { field: 'name', equals: 'shop-crashing' },
          { field: 'resource.kind', equals: 'service' },
        ],
      },
      rungs: [
        { act: { kind: 'restart-rollout' }, ...quick },
        { act: { kind: 'raise-floor', to: 6 }, ...quick },
        { act: { kind: 'page' }, ...quick },
      ],
      success: { kind: 'alarm-over' },
      guards: 'standard',
      mode: 'act',
      approvalSeconds: 600,
      escalation: 'platform',
    },
    {
      name: 'slow',
      match: {
        all: [
          { field: 'name', equals: 'shop-slow' },
          { field: 'resource.kind', equals: 'service' },
        ],
      },
      rungs: [{ act: { kind: 'restart-rollout' }, ...quick }],
      success: { kind: 'alarm-over' },
      guards: 'standard',
      mode: 'ask',
      approvalSeconds: 3600,
      escalation: 'platform',
    },
    {
      name: 'odd',
      match: {
        all: [
          { field: 'name', equals: 'shop-odd' },
          { field: 'resource.kind', equals: 'service' },
        ],
      },
      rungs: [{ act: { kind: 'restart-rollout' }, ...quick }],
      success: { kind: 'alarm-over' },
      guards: 'standard',
      mode: 'shadow',
      approvalSeconds: 600,
      escalation: 'platform',
    },
    {
      name: 'leaking',
      match: {
        all: [
          { field: 'name', equals: 'shop-leaking' },
          { field: 'resource.kind', equals: 'service' },
        ],
      },
      rungs: [
        { act: { kind: 'recycle-pod' }, ...quick },
        { act: { kind: 'scale-service', by: 2, atMost: 8 }, ...quick },
      ],
      success: { kind: 'alarm-over' },
      guards: 'standard',
      mode: 'act',
      approvalSeconds: 600,
      escalation: 'platform',
    },
    {
      name: 'regressed',
      match: {
        all: [
          { field: 'name', equals: 'shop-regressed' },
          { field: 'resource.kind', equals: 'service' },
        ],
      },
      rungs: [{ act: { kind: 'undo-release' }, ...patient }],
      success: { kind: 'alarm-over' },
      guards: 'standard',
      mode: 'act',
      approvalSeconds: 600,
      escalation: 'platform',
    },
    {
      name: 'full',
      match: { field: 'name', equals: 'shop-full' },
      rungs: [
        { act: { kind: 'extend-storage', instance: 'shop-db', byPercent: 20, atMostGib: 500 }, ...quick },
        { act: { kind: 'reboot-database', instance: 'shop-db' }, ...quick },
      ],
      success: { kind: 'alarm-over' },
      guards: 'standard',
      mode: 'act',
      approvalSeconds: 600,
      escalation: 'platform',
    },
    {
      name: 'stale',
      match: { field: 'name', equals: 'shop-stale' },
      rungs: [{ act: { kind: 'purge-path', distribution: 'E2SHOP', path: '/news/*' }, ...quick }],
      success: { kind: 'alarm-over' },
      guards: 'standard',
      mode: 'act',
      approvalSeconds: 600,
      escalation: 'platform',
    },
    {
      name: 'unproven',
      match: { field: 'name', equals: 'shop-unproven' },
      rungs: [{ act: { kind: 'run-restore-test', database: 'shop-db' }, ...patient }],
      success: { kind: 'alarm-over' },
      guards: 'standard',
      mode: 'act',
      approvalSeconds: 600,
      escalation: 'platform',
    },
  ],
  guards: {
    standard: {
      resourceCooldownSeconds: 300,
      playbookCooldownSeconds: 0,
      attempts: { most: 3, withinSeconds: 86_400 },
      flapping: { changes: 12, withinSeconds: 3600 },
      fleet: { most: 10, withinSeconds: 3600 },
    },
  },
  rotas: {
    platform: { people: ['alice', 'bob'], turnDays: 7, from: '2026-04-27T00:00:00.000Z', overrides: [] },
    leads: { people: ['carol'], turnDays: 7, from: '2026-04-27T00:00:00.000Z', overrides: [] },
  },
  escalations: {
    platform: [
      { rota: 'platform', afterSeconds: 0 },
      { rota: 'leads', afterSeconds: 300 },
    ],
  },
  maintenance: [],
  ownedByTerraform: [],
};
