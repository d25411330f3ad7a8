import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, type BusOptions, openBus } from '../../twin/bus/index.ts';
import { type LambdaOutcome, VirtualClock } from '../../twin/engine/index.ts';
import { readWiring, twinPlace } from '../../twin/wiring/index.ts';

export const sampleWiring = readWiring(twinPlace, join(import.meta.dirname, 'sample'));
/** Without schedules, so that time can pass and nothing else happens. */
export const quietWiring = {
  ...sampleWiring,
  functions: sampleWiring.functions.filter(({ key }) => !['everyFiveMinutes', 'nightly'].includes(key)),
};
export const startMs = Date.parse('2026-05-01T10:00:00Z');

export const newFile = (): string => join(mkdtempSync(join(tmpdir(), 'evenkeel-bus-')), 'bus.db');

export const failed: LambdaOutcome = { ok: false, errorType: 'Broken', errorMessage: 'no luck' };
export const throttled: LambdaOutcome = {
  ok: false,
  errorType: 'Lambda.TooManyRequestsException',
  errorMessage: 'Rate Exceeded.',
};

export interface Invocation {
  readonly key: string;
  // biome-ignore lint/suspicious/noExplicitAny: a payload may be anything, and a test looks at whatever it sent.
  readonly payload: any;
  readonly atMs: number;
}

export interface Given extends Partial<Omit<BusOptions, 'invoke'>> {
  /** What functions answer; by default they succeed. */
  readonly answer?: (invocation: Invocation) => LambdaOutcome | Promise<LambdaOutcome>;
  readonly clock?: VirtualClock;
}

/** A started bus over the sample, in virtual time, with everything that was invoked. */
export const aBus = ({ answer = () => ({ ok: true, payload: null }), ...given }: Given = {}) => {
  const clock = given.clock ?? new VirtualClock(startMs);
  const invocations: Invocation[] = [];
  const invoke = async (key: string, payload: unknown) => {
    const invocation = { key, payload, atMs: clock.now() };
    invocations.push(invocation);
    return answer(invocation);
  };
  const bus: Bus = openBus({ wiring: quietWiring, file: newFile(), ...given, clock, invoke });
  bus.start();
  return { bus, clock, invocations, pass: (ms: number) => clock.run({ untilMs: clock.now() + ms }) };
};

export const anOrder = (total = 100) => ({
  event: { source: 'shop', detailType: 'OrderPlaced', detail: { order: 'o-1', total, items: ['a', 'b'] } },
});
