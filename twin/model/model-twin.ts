import type { Catalog } from '../../lib/contracts/catalog.ts';
import type { MachineName } from '../../lib/ports/machines.ts';
import type { TimedRule } from '../bus/subscriptions/types.ts';
import {
  createEngine,
  type Engine,
  type Entry,
  type ExecutionStatusChange,
  type InvokeLambda,
  memoryJournal,
  VirtualClock,
} from '../engine/index.ts';
import { readWiring, type Wiring } from '../wiring/index.ts';
import { Functions, type LoadedFunction, loadFunctions, type Said } from './functions.ts';
import { type Interference, noInterference, type PortCall, type PublishedEvent } from './interference.ts';
import { type DeadLetter, type EventEntry, ModelBus, schedulesOf } from './model-bus.ts';
import { createModelWorld, type ModelWorld } from './model-world.ts';
import { modelMachines } from './ports/machines.ts';
import type { SetAlarm } from './ports/removals.ts';
import { modelRuns } from './ports/runs.ts';
import { seededRandom } from './random.ts';

/** What the one-shot schedule of a drill calls. */
const removalDue = 'triggerRemovalDue';
export const modelStartMs = Date.parse('2026-05-01T10:00:00.000Z');

/** The control plane's code as it is deployed: read once, used by any number of twins. */
export interface Deployed {
  readonly wiring: Wiring;
  readonly functions: readonly LoadedFunction[];
  /** The machines as an engine has them in its journal: checked once, for all twins. */
  readonly machines: readonly Entry[];
  readonly schedules: readonly TimedRule[];
}

export const loadDeployed = async (wiring = readWiring()): Promise<Deployed> => ({
  wiring,
  functions: await loadFunctions(wiring),
  machines: await checkedMachines(wiring),
  schedules: schedulesOf(wiring),
});

const checkedMachines = async ({ machines, place }: Wiring): Promise<readonly Entry[]> => {
  const journal = memoryJournal();
  const nothing: InvokeLambda = async () => ({ ok: true, payload: null });
  const engine = createEngine({ clock: new VirtualClock(modelStartMs), journal, ...place, invokeLambda: nothing });
  for (const { name, definition } of machines) await engine.createStateMachine(name, definition);
  return journal.entries;
};

export interface ModelTwinOptions {
  readonly deployed: Deployed;
  readonly catalog: Catalog;
  readonly seed?: number;
  readonly interference?: Interference;
  /** Replaces parts of the world, to see whether somebody notices. */
  readonly mutate?: (world: ModelWorld) => ModelWorld;
}

/** The whole control plane on the model world, in virtual time. */
export interface ModelTwin {
  readonly clock: VirtualClock;
  readonly engine: Engine;
  readonly world: ModelWorld;
  /** The last known status of each execution, in the order of their starts. */
  readonly runs: ReadonlyMap<string, ExecutionStatusChange>;
  /** Every call to a port so far, and everything that functions said. */
  readonly calls: readonly PortCall[];
  readonly said: readonly Said[];
  readonly deadLetters: readonly DeadLetter[];
  /** Events that a function subscribed to. */
  readonly heard: readonly PublishedEvent[];
  publish(event: EventEntry): void;
  /** Lets the schedules of a function (its key in serverless.yml) run for so long. */
  follow(key: string, forSeconds: number): void;
  machineArn(machine: MachineName | 'preparation' | 'watch' | 'renewal'): string;
}

export const createModelTwin = async (options: ModelTwinOptions): Promise<ModelTwin> => {
  const { deployed, catalog, seed = 1, interference = noInterference, mutate = (world) => world } = options;
  const clock = new VirtualClock(modelStartMs);
  const random = seededRandom(seed);
  const calls: PortCall[] = [];
  const runs = new Map<string, ExecutionStatusChange>();
  const machineArn = arnsOf(deployed.wiring);
  const machines = modelMachines(() => engine, machineArn);
  const runsPort = modelRuns(() => engine, machineArn);
  const setAlarm: SetAlarm = (atMs, drill) => clock.at(atMs, () => bus.fire(removalDue, { drill }, true));
  const world = mutate(createModelWorld({ seed, now: () => clock.now(), catalog, machines, runs: runsPort, setAlarm }));
  const observe = (call: Omit<PortCall, 'index'>) => {
    const numbered = { index: calls.length, ...call };
    calls.push(numbered);
    return interference.call(numbered);
  };
  const functions = new Functions(deployed.functions, { clock, ports: world.ports, random, observe });
  const invoke = (name: string, payload: unknown) => functions.invoke(name, payload);
  const { schedules } = deployed;
  const bus: ModelBus = new ModelBus({ functions: deployed.functions, schedules, clock, invoke, interference });
  const engine: Engine = createEngine({
    clock,
    journal: memoryJournal([...deployed.machines]),
    random,
    ...deployed.wiring.place,
    invokeLambda: invoke,
    onStatusChange(change) {
      runs.set(change.executionArn, change);
      bus.publish({ source: 'aws.states', type: 'Step Functions Execution Status Change', detail: change });
    },
  });
  await engine.resume();
  const { said } = functions;
  const { deadLetters, heard } = bus;
  return {
    clock,
    engine,
    world,
    runs,
    calls,
    said,
    deadLetters,
    heard,
    machineArn,
    publish: (event) => bus.publish(event),
    follow: (key, forSeconds) => bus.follow(key, forSeconds),
  };
};

const arnsOf = ({ machines }: Wiring): ModelTwin['machineArn'] => {
  const byKey = new Map(machines.map(({ key, arn }) => [key, arn]));
  return (machine) => {
    const arn = byKey.get(machine);
    if (!arn) throw new Error(`serverless.yml has no machine "${machine}"`);
    return arn;
  };
};
