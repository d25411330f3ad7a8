import {
  type Clock,
  createEngine,
  type Engine,
  type EngineOptions,
  type Entry,
  type HistoryEvent,
  type JsonObject,
  type LambdaOutcome,
  memoryJournal,
  VirtualClock,
} from '../../../twin/engine/index.ts';

export const START = Date.UTC(2026, 0, 1);
export const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:';
export const INVOKE = 'arn:aws:states:::lambda:invoke';

/** What a function does with its payload; one without behaviour returns its payload. */
export type Functions = Record<string, (payload: never) => LambdaOutcome | Promise<LambdaOutcome>>;

export const returns = (payload: unknown): LambdaOutcome => ({ ok: true, payload });
export const breaks = (errorType: string, errorMessage = ''): LambdaOutcome => ({ ok: false, errorType, errorMessage });

export interface Lab {
  readonly engine: Engine;
  readonly clock: VirtualClock;
  readonly entries: readonly Entry[];
  readonly calls: { readonly name: string; readonly payload: unknown }[];
}

interface LabOptions extends Partial<Pick<EngineOptions, 'callSdk' | 'onStatusChange' | 'random'>> {
  readonly functions?: Functions;
  readonly entries?: readonly Entry[];
  readonly clock?: VirtualClock;
}

export function lab({
  functions = {},
  entries = [],
  clock = new VirtualClock(START),
  random = () => 0.5,
  ...rest
}: LabOptions = {}): Lab {
  const journal = memoryJournal([...entries]);
  const calls: { name: string; payload: unknown }[] = [];
  const invokeLambda: EngineOptions['invokeLambda'] = async (name, payload) => {
    calls.push({ name, payload });
    return functions[name]?.(payload as never) ?? returns(payload);
  };
  const engine = createEngine({ clock: clock as Clock, journal, invokeLambda, random, ...rest });
  return { engine, clock, entries: journal.entries, calls };
}

export type States = Record<string, JsonObject>;

export const machine = (states: States, more: JsonObject = {}): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0] ?? '',
  States: states,
  ...more,
});

export async function start(
  { engine }: Lab,
  definition: JsonObject,
  input: object | string = {},
  name = 'machine',
): Promise<string> {
  const { stateMachineArn } = await engine.createStateMachine(name, definition);
  const { executionArn } = await engine.startExecution({ stateMachineArn, name: 'run', input });
  return executionArn;
}

/** An event without what differs from run to run: `id<previous Type key=value…`. */
export const brief = ({ id, previousEventId, type }: HistoryEvent) => `${id}<${previousEventId} ${type}`;

export const detailsOf = (event: HistoryEvent | undefined): Record<string, unknown> => {
  const name = Object.keys(event ?? {}).find((key) => key.endsWith('EventDetails'));
  return name === undefined ? {} : ((event as unknown as Record<string, Record<string, unknown>>)[name] ?? {});
};

export interface Report {
  readonly status: string;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly seconds: number;
  readonly events: HistoryEvent[];
  readonly history: string[];
}

export async function report({ engine }: Lab, executionArn: string): Promise<Report> {
  const { status, output, error, cause, startDate, stopDate } = await engine.describeExecution(executionArn);
  const { events } = await engine.getExecutionHistory(executionArn);
  return {
    status,
    output: output === undefined ? undefined : JSON.parse(output),
    error,
    cause,
    seconds: stopDate ? (stopDate.getTime() - startDate.getTime()) / 1000 : Number.NaN,
    events,
    history: events.map(brief),
  };
}

/** Runs a machine to its end, in virtual time. */
export async function run(
  states: States,
  options: LabOptions & { input?: object | string; more?: JsonObject } = {},
): Promise<Report & Lab> {
  const made = lab(options);
  const arn = await start(made, machine(states, options.more), options.input);
  await made.clock.run();
  return { ...made, ...(await report(made, arn)) };
}
