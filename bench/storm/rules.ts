import type { AlarmChange } from '../../lib/contracts/alarm.ts';
import type { Playbook } from '../../lib/contracts/playbook.ts';
import type { Facts } from '../../lib/domain/remediation/facts.ts';

/* So many rules, of which the last one means the alarm, so that every matcher must look at all of them. */

const at = '2026-05-06T10:00:00.000Z';

export const change: AlarmChange = {
  source: 'cloudwatch',
  name: 'the-alarm',
  resource: { kind: 'service', id: 'shop', service: 'shop' },
  state: 'firing',
  at,
  labels: { severity: 'high' },
  says: 'too many requests fail',
};

export const nameOf = (rule: number, count: number): string => (rule === count - 1 ? change.name : `alarm-${rule}`);

export const playbooksOf = (count: number): Playbook[] =>
  Array.from({ length: count }, (_, rule) => ({
    name: `rule-${rule}`,
    match: {
      all: [
        { field: 'resource.kind', equals: 'service' },
        { field: 'name', equals: nameOf(rule, count) },
      ],
    },
    rungs: [{ act: { kind: 'restart-rollout' }, settleSeconds: 5, periodSeconds: 10, periods: 3, patience: 6 }],
    success: { kind: 'alarm-over' },
    guards: 'standard',
    mode: 'act',
    approvalSeconds: 600,
    escalation: 'standard',
  }));

/** Of a busy night: 200 attempts and 200 changes to look through. */
export const factsOf = (playbook: Playbook): Facts => ({
  now: at,
  incident: 'remedy-now',
  openedAt: at,
  playbook,
  act: { kind: 'restart-rollout', service: 'shop' },
  resource: 'service/shop',
  policy: {
    resourceCooldownSeconds: 900,
    playbookCooldownSeconds: 60,
    attempts: { most: 3, withinSeconds: 86_400 },
    flapping: { changes: 8, withinSeconds: 3600 },
    fleet: { most: 2, withinSeconds: 3600 },
  },
  freezes: [],
  maintenance: [],
  ownedByTerraform: [],
  holder: null,
  breaker: null,
  attempts: Array.from({ length: 200 }, (_, nth) => ({
    id: `remedy-${nth}-0`,
    incident: `remedy-${nth}`,
    playbook: 'another',
    resource: `service/other-${nth}`,
    rung: 0,
    act: { kind: 'restart-rollout' },
    at: '2026-05-04T10:00:00.000Z',
    shadow: false,
    help: 'helped',
    endedAt: '2026-05-04T10:01:00.000Z',
  })),
  changes: Array.from({ length: 200 }, () => ({ ...change, at: '2026-05-04T10:00:00.000Z' })),
});
