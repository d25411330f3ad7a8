import type { Catalog } from '../../../lib/contracts/catalog.ts';
import type { Ports } from '../../../lib/ports/index.ts';
import { createEngine, memoryJournal, realClock } from '../../../twin/engine/index.ts';
import type { LivePorts } from '../../../twin/live/index.ts';
import { until } from '../../../twin/live/process/until.ts';
import { loadFunctions } from '../../../twin/server/functions.ts';
import { readWiring } from '../../../twin/wiring/index.ts';

const silent = { info: () => {}, error: () => {} };
const endsWithinMs = 100_000;
const wiring = readWiring();

/** Runs one machine of serverless.yml over live ports until it ends. */
export const runOnEngine = async (
  ports: LivePorts,
  catalog: Catalog,
  machine: string,
  name: string,
  input: unknown,
) => {
  const machines = { start: async () => ({ run: 'none', started: false }) };
  const runs = { find: async () => undefined };
  const all: Ports = { ...ports, catalogs: { current: async () => catalog }, machines, runs };
  const { invoke } = await loadFunctions(wiring, all, () => silent);
  const engine = createEngine({ clock: realClock, journal: memoryJournal(), ...wiring.place, invokeLambda: invoke });
  for (const each of wiring.machines) await engine.createStateMachine(each.name, each.definition);
  const stateMachineArn = wiring.machines.find(({ key }) => key === machine)?.arn ?? '';
  const { executionArn } = await engine.startExecution({ stateMachineArn, name, input: JSON.stringify(input) });
  const ended = await until(`the end of ${name}`, endsWithinMs, async () => {
    const run = await engine.describeExecution(executionArn);
    return run.status !== 'RUNNING' && run;
  });
  await engine.close();
  return ended;
};
