import type { Damage, DrillChoice } from '../../lib/contracts/drill.ts';
import { fromMs } from '../../lib/contracts/instant.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import { createModelTwin, loadDeployed, type ModelTwin, type ModelTwinOptions } from '../../twin/model/model-twin.ts';
import { prepareRecovery } from '../../twin/prove/recovery-stories.ts';

const deployed = loadDeployed();
/** Longer than a copy of the model's policy may exist, and some rounds of the reaper. */
const longEnoughSeconds = 4 * 3600;

/** Two complete backups of one database, and servers that are nobody's of ours. */
export const aRecovery = async (options: Partial<ModelTwinOptions> = {}) => {
  const twin = await createModelTwin({ deployed: await deployed, catalog: modelCatalog(), ...options });
  prepareRecovery(twin);
  const publish = (type: string, detail: object) =>
    twin.publish({ source: 'evenkeel', type, detail: { database: 'shop-db', requestedBy: 'alice', ...detail } });
  return {
    twin,
    backedUp: (requestId = 'b1') => publish('BackupRequested', { requestId }),
    drilled: (wish: { choose?: DrillChoice; damage?: Damage; requestId?: string } = {}) =>
      publish('DrillRequested', { requestId: 'd1', choose: { kind: 'newest' }, ...wish }),
    secondsPass: (seconds: number) => twin.clock.run({ untilMs: twin.clock.now() + seconds * 1000 }),
    ends: () => endOf(twin),
    hoursAgo: (hours: number) => fromMs(twin.clock.now() - hours * 3_600_000),
  };
};

/** Lets time pass until nothing is left to happen, and tells how it came out. */
const endOf = async (twin: ModelTwin) => {
  const { clock, world, runs, deadLetters } = twin;
  await clock.run({ untilMs: clock.now() + longEnoughSeconds * 1000 });
  const ended = [...runs.values()].filter(({ status }) => status !== 'RUNNING');
  return {
    runs: Object.fromEntries([...runs.values()].map(({ name, status }) => [name, status])),
    errors: Object.fromEntries(ended.map(({ name, error }) => [name, error])),
    copies: world.instances.servers().flatMap(({ id, mark }) => (mark ? [id] : [])),
    drill: world.drills.get('shop-db-d1'),
    backup: world.backups.get('shop-db-b1'),
    evidence: [...world.evidence.values()].flat(),
    messages: [...world.messages.values()].map(({ kind, subject }) => `${kind}: ${subject}`),
    facts: (world.ledger.get('shop-db') ?? []).map(({ kind }) => kind),
    armed: await world.ports.removals.armed('shop-db-d1'),
    deadLetters: deadLetters.map(({ function: key }) => key),
  };
};
