import { describe, expect, test } from '@jest/globals';
import type { Attempt, GuardName } from '../../../lib/contracts/incident.ts';
import { guardNames } from '../../../lib/contracts/incident.ts';
import type { Playbook } from '../../../lib/contracts/playbook.ts';
import { decide } from '../../../lib/domain/remediation/decide.ts';
import type { Facts } from '../../../lib/domain/remediation/facts.ts';
import { modelRemediation } from '../../../twin/model/remediation-section.ts';
import { aChange, anAttempt } from '../../contracts/incidents.contract.ts';

const now = '2026-05-03T12:00:00.000Z'; // a Sunday
const [playbook] = modelRemediation.playbooks as [Playbook];
const ago = (seconds: number) => new Date(Date.parse(now) - seconds * 1000).toISOString();

const facts = (differs: Partial<Facts> = {}): Facts => ({
  now,
  incident: 'remedy-2',
  openedAt: ago(10),
  playbook,
  act: { kind: 'restart-rollout', service: 'shop' },
  resource: 'service/shop',
  policy: {
    resourceCooldownSeconds: 300,
    playbookCooldownSeconds: 60,
    attempts: { most: 2, withinSeconds: 86_400 },
    flapping: { changes: 3, withinSeconds: 3600 },
    fleet: { most: 2, withinSeconds: 3600 },
  },
  freezes: [],
  maintenance: [],
  ownedByTerraform: [],
  holder: null,
  breaker: null,
  attempts: [],
  changes: [aChange({ at: ago(10) })],
  ...differs,
});
const earlier = (seconds: number, differs: Partial<Attempt> = {}): Attempt =>
  anAttempt({ at: ago(seconds), help: 'helped', endedAt: ago(seconds - 1), ...differs });
const saysOf = (guard: GuardName, differs: Partial<Facts>) =>
  decide(facts(differs)).guards.find((one) => one.guard === guard)?.verdict;

test('with all well it may act, and every guard has said so', () => {
  const { verdict, guards } = decide(facts());
  expect(verdict).toBe('allow');
  expect(guards.map(({ guard }) => guard)).toEqual([...guardNames]);
});

describe('who does not know asks, and never allows', () => {
  test.each<[keyof Facts, GuardName[]]>([
    ['freezes', ['freeze']],
    ['maintenance', ['maintenance']],
    ['ownedByTerraform', ['ownership']],
    ['holder', ['release']],
    ['breaker', ['breaker']],
    ['attempts', ['cooldown', 'attempts', 'fleet', 'own-doing', 'mode']],
    ['changes', ['flapping']],
    ['policy', ['cooldown', 'attempts', 'flapping', 'fleet']],
  ])('%s', (fact, asking) => {
    const { verdict, guards } = decide(facts({ [fact]: undefined }));
    expect(verdict).toBe('ask');
    expect(guards.filter((one) => one.verdict === 'ask').map(({ guard }) => guard)).toEqual(asking);
  });
});

test.each<[GuardName, string, Partial<Facts>]>([
  ['freeze', 'deny', { freezes: [{ from: ago(60), to: ago(-60), reason: 'the sale' }] }],
  [
    'freeze',
    'allow',
    { freezes: [{ from: ago(60), to: ago(-60), reason: 'the sale' }], act: { kind: 'undo-release', service: 'shop' } },
  ],
  ['maintenance', 'ask', { maintenance: [{ day: 'sunday', from: '11:00', to: '13:00', reason: 'updates' }] }],
  ['maintenance', 'allow', { maintenance: [{ day: 'monday', from: '11:00', to: '13:00', reason: 'updates' }] }],
  ['release', 'deny', { holder: 'shop-r1' }],
  ['release', 'allow', { holder: 'shop-r1', act: { kind: 'undo-release', service: 'shop' } }],
  ['breaker', 'deny', { breaker: { resource: 'service/shop', openedAt: ago(60), reason: 'too often' } }],
  ['cooldown', 'deny', { attempts: [earlier(299)] }],
  ['cooldown', 'allow', { attempts: [earlier(301)] }],
  ['cooldown', 'deny', { attempts: [earlier(59, { resource: 'service/other' })] }],
  ['cooldown', 'allow', { attempts: [earlier(30, { incident: 'remedy-2' })] }],
  ['cooldown', 'allow', { attempts: [earlier(30, { shadow: true })] }],
  ['attempts', 'allow', { attempts: [earlier(4000)] }],
  ['attempts', 'deny', { attempts: [earlier(4000), earlier(8000, { incident: 'remedy-0' })] }],
  ['attempts', 'allow', { attempts: [earlier(4000), earlier(8000, { rung: 1 })] }],
  ['flapping', 'ask', { changes: [10, 20, 30].map((seconds) => aChange({ at: ago(seconds) })) }],
  ['fleet', 'deny', { attempts: ['a', 'b'].map((id) => earlier(900, { incident: id, resource: `service/${id}` })) }],
  ['fleet', 'allow', { attempts: ['a', 'b'].map((id) => earlier(900, { incident: id, resource: `database/${id}` })) }],
  ['ownership', 'deny', { ownedByTerraform: ['restart-rollout'] }],
  ['own-doing', 'deny', { attempts: [anAttempt({ at: ago(30) })] }],
  ['own-doing', 'allow', { attempts: [earlier(900)] }],
  ['own-doing', 'allow', { attempts: [anAttempt({ at: ago(90_000) })] }],
  ['mode', 'ask', { playbook: { ...playbook, mode: 'ask' } }],
])('%s says %s of %j', (guard, verdict, differs) => {
  expect(saysOf(guard, differs)).toBe(verdict);
});

test('a denial is worse than a question', () => {
  expect(decide(facts({ breaker: undefined, holder: 'shop-r1' })).verdict).toBe('deny');
});

test('a playbook that does no better than nothing asks from now on, and says why with figures', () => {
  const acted = Array.from({ length: 10 }, (_, at) =>
    earlier(90_000 + at, { id: `a${at}`, help: at < 5 ? 'helped' : 'neutral', playbook: playbook.name }),
  );
  const shadowed = Array.from({ length: 10 }, (_, at) =>
    earlier(90_000 + at, { id: `s${at}`, shadow: true, help: at < 6 ? 'helped' : 'neutral', playbook: playbook.name }),
  );
  const said = decide(facts({ attempts: [...acted, ...shadowed] })).guards.find(({ guard }) => guard === 'mode');
  expect(said).toMatchObject({
    verdict: 'ask',
    reason: 'helped 5 of 10 times, so in 24 % at least; 60 % of 10 were over by themselves',
  });
});
