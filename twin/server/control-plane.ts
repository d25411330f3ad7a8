import type { RequestListener } from 'node:http';
import type { Log } from '../../lib/runtime/call.ts';
import { alarmStateChanged, type Bus, eventsApi, executionStatusChanged, openBus } from '../bus/index.ts';
import { createEngine, type Engine, fileJournal, realClock, stepFunctionsApi } from '../engine/index.ts';
import type { LiveAccess } from '../live/index.ts';
import type { Wiring } from '../wiring/index.ts';
import { type AlarmChange, watchAlarms } from './alarm-watcher.ts';
import { evaluateAlarms } from './alarms/evaluate-alarms.ts';
import type { MeasuredAlarm } from './alarms/measured-alarm.ts';
import { type Functions, loadFunctions, type TwinPorts } from './functions.ts';
import { deployMachines } from './machines.ts';
import { serverPaths } from './registration.ts';
import { watchRemovals } from './removal-watcher.ts';

export interface ControlPlaneOptions {
  readonly stateDir: string;
  readonly wiring: Wiring;
  readonly ports: TwinPorts;
  readonly alarms: LiveAccess['alarms'];
  readonly measured: readonly MeasuredAlarm[];
  readonly removals: LiveAccess['removals'];
  readonly logOf: (functionKey: string) => Log;
  readonly log: Log;
  readonly eventRetryWaitsMs: readonly number[];
}

/** Machines, events and functions of serverless.yml, over the ports. */
export interface ControlPlane {
  readonly engine: Engine;
  readonly bus: Bus;
  readonly stepFunctions: RequestListener;
  readonly events: RequestListener;
  /** Takes up what an earlier process left: runs, events, schedules, alarms. */
  resumeRuns(): Promise<void>;
  deliverEvents(): Promise<void>;
  /** Ends what runs in functions, which may still need the endpoint. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

const clock = realClock;

/** Reads all code, machines' definitions and triggers, and begins nothing. Errors: what is wrong with any of them. */
export const openControlPlane = async (options: ControlPlaneOptions): Promise<ControlPlane> => {
  const { stateDir, wiring, ports, logOf } = options;
  const { invoke } = await loadFunctions(wiring, ports, logOf);
  const engine = createEngine({
    clock,
    journal: fileJournal(serverPaths.journal(stateDir)),
    ...wiring.place,
    invokeLambda: invoke,
    onStatusChange: (change) => bus.publish([{ event: executionStatusChanged(change) }]),
  });
  const bus = openBus({
    wiring,
    clock,
    invoke,
    file: serverPaths.bus(stateDir),
    retryWaitsMs: options.eventRetryWaitsMs,
    onDeadLetters: raiserOf(options),
  });
  let stopAlarms = () => {};
  let stopMeasuring = () => {};
  let stopRemovals = async () => {};
  return {
    engine,
    bus,
    stepFunctions: stepFunctionsApi(engine),
    events: eventsApi(bus),
    async resumeRuns() {
      await engine.resume();
      await deployMachines(engine, wiring);
    },
    async deliverEvents() {
      bus.start();
      stopAlarms = await watchAlarms(alarmEvents(options, bus));
      stopMeasuring = evaluateAlarms(measuring(options));
      stopRemovals = watchRemovals(removalCalls(options, invoke));
    },
    async stop() {
      stopMeasuring();
      stopAlarms();
      await stopRemovals();
      await bus.stop();
    },
    async close() {
      await engine.close();
      bus.close();
    },
  };
};

/** As the alarm on the queue in the account: one dead letter is enough. */
const raiserOf = ({ alarms, wiring }: ControlPlaneOptions) => {
  const name = `evenkeel-${wiring.place.stage}-EventDeadLetters`;
  return (count: number) => alarms.set({ name, state: count > 0 ? 'alarm' : 'ok', acts: true });
};

const measuring = ({ alarms, measured, log }: ControlPlaneOptions) => ({
  alarms,
  measured,
  clock,
  onError: (error: unknown) => log.error('an alarm cannot be measured', { error: String(error) }),
});

const alarmEvents = ({ alarms, measured, wiring, stateDir, log }: ControlPlaneOptions, bus: Bus) => ({
  alarms,
  clock,
  file: serverPaths.toldAlarms(stateDir),
  tell: (change: AlarmChange) => {
    const reason = `set to ${change.state}`;
    const metric = measured.find(({ name }) => name === change.name)?.metric;
    const told = { ...change, reason, ...(metric && { metric }) };
    bus.publish([{ event: alarmStateChanged(told, wiring.place, clock.now()) }]);
  },
  onError: (error: unknown) => log.error('alarms cannot be read', { error: String(error) }),
});

/** What the one-shot schedule of a drill calls, with `{ drill }`. */
const removalFunction = 'triggerRemovalDue';

const removalCalls = ({ removals, log }: ControlPlaneOptions, invoke: Functions['invoke']) => ({
  removals,
  clock,
  fire: async (drill: string) => {
    const outcome = await invoke(removalFunction, { drill });
    if (!outcome.ok) throw new Error(`${outcome.errorType}: ${outcome.errorMessage}`);
  },
  onError: (error: unknown) => log.error('a removal that is due failed', { error: String(error) }),
});
