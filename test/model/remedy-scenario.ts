import type { ActionKind } from '../../lib/contracts/action.ts';
import { fromMs } from '../../lib/contracts/instant.ts';
import type { Playbook } from '../../lib/contracts/playbook.ts';
import type { Freeze } from '../../lib/contracts/policy.ts';
import type { RemediationSection } from '../../lib/contracts/remediation-policy.ts';
import type { Cluster } from '../../lib/ports/cluster.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import type { Interference } from '../../twin/model/interference.ts';
import { createModelTwin, loadDeployed, type ModelTwin } from '../../twin/model/model-twin.ts';
import type { ModelWorld } from '../../twin/model/model-world.ts';
import { modelRemediation } from '../../twin/model/remediation-section.ts';
import { aVersion } from '../support/scenario.ts';

const deployed = loadDeployed();
const patienceMs = 3 * 86_400_000;
const values = { firing: 'ALARM', over: 'OK', unknown: 'INSUFFICIENT_DATA' } as const;
const states = { firing: 'alarm', over: 'ok', unknown: 'insufficient-data' } as const;

interface Options {
  /** Acts after which the alarm is over, five seconds later. */
  readonly heals?: readonly ActionKind[];
  readonly freezes?: readonly Freeze[];
  /** What differs from the model's playbook `crashing`. */
  readonly crashing?: Partial<Playbook>;
  readonly guards?: Partial<RemediationSection['guards'][string]>;
  readonly interference?: Interference;
}

/** What was really done; `stamp` tells two of a kind apart. */
export type Done = { kind: ActionKind; stamp: string; atMs: number };

/** An alarm of the service `shop` on the model, and what becomes of it. */
export const aRemedy = async (options: Options = {}) => {
  const { heals = [], freezes = [], interference } = options;
  const done: Done[] = [];
  const later: { twin?: ModelTwin } = {};
  const twin = await createModelTwin({
    deployed: await deployed,
    catalog: modelCatalog({}, [...freezes], sectionFor(options)),
    ...(interference && { interference }),
    mutate: (world) =>
      watchActs(world, (act) => {
        done.push({ ...act, atMs: later.twin?.clock.now() ?? 0 });
        if (heals.includes(act.kind))
          later.twin?.clock.at((later.twin?.clock.now() ?? 0) + 5000, () => tell('shop-crashing', 'over'));
      }),
  });
  later.twin = twin;
  const v1 = aVersion('1');
  twin.world.publish(v1.digest, v1.behaviour);
  twin.world.adopt('shop', v1.digest, 4);
  const tell = (alarm: string, state: keyof typeof values, { times = 1, atMs = twin.clock.now() } = {}): void => {
    twin.world.alarms.set(alarm, { name: alarm, state: states[state], acts: true });
    const timestamp = fromMs(atMs).replace('Z', '+0000');
    const metric = { metricStat: { metric: { namespace: 'Shop', name: 'Restarts', dimensions: { service: 'shop' } } } };
    const detail = {
      alarmName: alarm,
      state: { value: values[state], reason: 'as told', timestamp },
      configuration: { metrics: [metric] },
    };
    for (let time = 0; time < times; time += 1)
      twin.publish({ source: 'aws.cloudwatch', type: 'CloudWatch Alarm State Change', detail });
  };
  const pass = (seconds: number) => twin.clock.run({ untilMs: twin.clock.now() + seconds * 1000 });
  return { twin, done, tell, pass, ends: () => endOf(twin, done) };
};

const sectionFor = ({ crashing = {}, guards = {} }: Options): RemediationSection => ({
  ...modelRemediation,
  playbooks: modelRemediation.playbooks.map((one) => (one.name === 'crashing' ? { ...one, ...crashing } : one)),
  guards: { standard: { ...(modelRemediation.guards.standard as RemediationSection['guards'][string]), ...guards } },
});

/** The model's own cluster; each write that was taken is told. */
const watchActs = (world: ModelWorld, told: (act: Omit<Done, 'atMs'>) => void): ModelWorld => {
  const { cluster } = world.ports;
  const watched: Cluster = {
    ...cluster,
    async restart(service, slot, at, token) {
      await cluster.restart(service, slot, at, token);
      told({ kind: 'restart-rollout', stamp: at });
    },
    async pinFloor(service, slot, replicas, token) {
      await cluster.pinFloor(service, slot, replicas, token);
      told({ kind: 'raise-floor', stamp: String(replicas) });
    },
  };
  return { ...world, ports: { ...world.ports, cluster: watched } };
};

/** Lets time pass until nothing is left to happen, and tells what is left. */
const endOf = async (twin: ModelTwin, done: readonly Done[]) => {
  const endMs = twin.clock.now() + patienceMs;
  await twin.clock.run({ until: () => twin.clock.now() > endMs });
  const { world } = twin;
  const incidents = [...world.incidents.incidents.values()];
  const runs = [...twin.runs.values()].filter(({ name }) => name.startsWith('remedy-'));
  return {
    statuses: incidents.map(({ status }) => status),
    incidents,
    attempts: [...world.incidents.attempts.values()],
    breakers: [...world.incidents.breakers.values()],
    acts: done.map(({ kind }) => kind),
    stamps: new Set(done.map(({ stamp }) => stamp)).size,
    messages: [...world.messages.values()],
    leases: [...world.leases.values()],
    runs: runs.map(({ status }) => status),
    kinds: [...world.ledger.values()].flat().map(({ kind }) => kind),
    deadLetters: twin.deadLetters,
  };
};
