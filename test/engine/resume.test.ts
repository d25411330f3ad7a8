import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Entry, VirtualClock } from '../../twin/engine/index.ts';
import {
  breaks,
  FUNCTION,
  type Functions,
  lab,
  machine,
  report,
  returns,
  START,
  type States,
  start,
} from './support/lab.ts';

const task = (name: string, more = {}) => ({ Type: 'Task', Resource: FUNCTION + name, ...more });

/** A machine with a bit of everything that can be under way when the engine dies. */
const STATES: States = {
  Draw: { Type: 'Pass', Assign: { id: '{% $uuid() %}', lot: '{% $random() %}' }, Next: 'Pause' },
  Pause: { Type: 'Wait', Seconds: 30, Next: 'Flaky' },
  Flaky: task('flaky', {
    Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5, JitterStrategy: 'FULL' }],
    Next: 'Both',
  }),
  Both: {
    Type: 'Parallel',
    Branches: [
      { StartAt: 'Left', States: { Left: { Type: 'Wait', Seconds: 10, End: true } } },
      { StartAt: 'Right', States: { Right: task('echo', { TimeoutSeconds: 60, Output: '{% $id %}', End: true }) } },
    ],
    Next: 'Each',
  },
  Each: {
    Type: 'Map',
    Items: [1, 2, 3],
    MaxConcurrency: 2,
    ItemProcessor: { StartAt: 'One', States: { One: task('echo', { End: true }) } },
    Output: { id: '{% $id %}', lot: '{% $lot %}', results: '{% $states.result %}' },
    End: true,
  },
};

/** Fails twice for each execution, whatever engine asks. */
function flaky(): Functions {
  let asked = 0;
  return { flaky: () => (++asked <= 2 ? breaks('Busy') : returns('ok')) };
}

const prefix = (entries: readonly Entry[], count: number) => entries.slice(0, count);
const lastInstant = (entries: readonly Entry[]) =>
  Math.max(START, ...entries.map((entry) => ('atMs' in entry ? entry.atMs : START)));

async function whole() {
  const first = lab({ functions: flaky() });
  const arn = await start(first, machine(STATES));
  await first.clock.run();
  return { arn, entries: first.entries, report: await report(first, arn) };
}

/** A function that has failed as often as the log says it has. */
function flakyAfter(entries: readonly Entry[]): Functions {
  let left = 2 - entries.filter((entry) => JSON.stringify(entry).includes('"error":"Busy"')).length;
  return { flaky: () => (left-- > 0 ? breaks('Busy') : returns('ok')) };
}

async function resumed(arn: string, entries: readonly Entry[]) {
  const second = lab({ entries, functions: flakyAfter(entries), clock: new VirtualClock(lastInstant(entries)) });
  await second.engine.resume();
  await second.clock.run();
  return report(second, arn);
}

describe('an engine that dies and is resumed', () => {
  test('ends the same, wherever in its log it died, with each event once', async () => {
    const { arn, entries, report: expected } = await whole();
    const cuts = fc.integer({ min: 2, max: entries.length });

    await fc.assert(
      fc.asyncProperty(cuts, async (count) => {
        const { status, output, events, history } = await resumed(arn, prefix(entries, count));

        expect([status, output]).toEqual(['SUCCEEDED', expected.output]);
        expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
        expect(history).toHaveLength(expected.history.length);
      }),
      { numRuns: 40 },
    );
  });

  test('ends the same when it dies again and again', async () => {
    const { arn, entries, report: expected } = await whole();
    const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

    await fc.assert(
      fc.asyncProperty(cuts, async (steps) => {
        let log = prefix(entries, 2);
        for (const step of steps) {
          const next = lab({ entries: log, functions: flakyAfter(log), clock: new VirtualClock(lastInstant(log)) });
          await next.engine.resume();
          await next.clock.run();
          log = prefix(next.entries, log.length + step);
        }
        const { status, output } = await resumed(arn, log);

        expect([status, output]).toEqual(['SUCCEEDED', expected.output]);
      }),
      { numRuns: 15 },
    );
  });

  test('makes a call again that was under way, and no other', async () => {
    const { arn, entries } = await whole();
    const second = lab({ entries: prefix(entries, 3), functions: flaky(), clock: new VirtualClock(START + 30_000) });

    await second.engine.resume();
    await second.clock.run({ until: () => second.calls.length > 0 });

    expect(second.calls.map(({ name }) => name)).toEqual(['flaky']);
    expect((await report(second, arn)).history.filter((event) => event.endsWith('LambdaFunctionStarted'))).toHaveLength(
      1,
    );
  });

  test('keeps to the deadline that was set before it died', async () => {
    const first = lab();
    const arn = await start(first, machine({ Pause: { Type: 'Wait', Seconds: 100, End: true } }));
    const clock = new VirtualClock(START + 40_000);
    const second = lab({ entries: first.entries, clock });

    await second.engine.resume();
    await clock.run();

    expect((await report(second, arn)).seconds).toBe(100);
  });

  test('runs at once what came due while it was dead', async () => {
    const first = lab();
    const arn = await start(first, machine({ Pause: { Type: 'Wait', Seconds: 100, End: true } }));
    const clock = new VirtualClock(START + 500_000);
    const second = lab({ entries: first.entries, clock });

    await second.engine.resume();
    await clock.run();

    expect((await report(second, arn)).seconds).toBe(500);
  });

  test('accepts a task token that was given out before it died', async () => {
    const tokens: string[] = [];
    const keep = { keep: ({ token }: { token: string }) => returns(tokens.push(token)) };
    const first = lab({ functions: keep });
    const Arguments = { FunctionName: 'keep', Payload: { token: '{% $states.context.Task.Token %}' } };
    const Resource = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
    const arn = await start(first, machine({ Ask: { Type: 'Task', Resource, Arguments, End: true } }));
    await first.clock.run();
    const second = lab({ entries: first.entries });
    await second.engine.resume();

    await second.engine.sendTaskSuccess(tokens[0] ?? '', '"yes"');

    expect((await report(second, arn)).output).toBe('yes');
  });
});
