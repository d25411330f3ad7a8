import * as v from 'valibot';
import type { LedgerEntry, LedgerFact } from '../../lib/contracts/ledger.ts';
import type { Clock } from '../../lib/ports/clock.ts';
import type { Ledger } from '../../lib/ports/ledger.ts';
import type { Call, Log } from '../../lib/runtime/call.ts';
import { type CallContext, handlerOf } from '../../lib/runtime/handler.ts';
import { step, type Task } from '../../lib/runtime/task.ts';

export type Line = { level: 'info' | 'error'; message: string; facts: Record<string, unknown> };

export const listening = () => {
  const lines: Line[] = [];
  const at =
    (level: Line['level']) =>
    (message: string, facts: Record<string, unknown> = {}) => {
      lines.push({ level, message, facts });
    };
  return { lines, log: { info: at('info'), error: at('error') } satisfies Log };
};

export type Wish = { run?: string; service: string; replicas: number };
type Run = (wish: Wish, call: Call) => Promise<{ ready: number }>;

/** A step that takes a service and a count, and answers with a count. */
export const aStep = (run: Run) =>
  step({
    name: 'FillSlot',
    input: v.object({ run: v.optional(v.string()), service: v.string(), replicas: v.number() }),
    output: v.object({ ready: v.pipe(v.number(), v.minValue(0, 'expected at least 0')) }),
    run: (_: object, wish: Wish, call) => run(wish, call),
  }) as unknown as Task<object, Wish, { ready: number }>;

export const aWish = { run: 'arn:execution:1', service: 'shop', replicas: 3 };

/** What came back, or what was thrown, and the lines that were logged. */
export const calling = async (
  task: Task<object, Wish, { ready: number }>,
  event: unknown,
  context: CallContext = {},
) => {
  const { lines, log } = listening();
  const outcome = await handlerOf(
    task,
    {},
    log,
  )(event, context).then(
    (value) => ({ value }),
    (error: Error) => ({ error }),
  );
  return { ...outcome, lines } as { value?: unknown; error?: Error & { data?: unknown }; lines: Line[] };
};

export const clock: Clock = { now: () => '2026-05-01T10:00:00.000Z' };

/** A ledger that only remembers what it was told. */
export const remembering = () => {
  const facts: LedgerFact[] = [];
  const ledger: Ledger = {
    append: async (fact) => {
      facts.push(fact);
      return { ...fact, sequence: facts.length, previousHash: '', hash: '' } satisfies LedgerEntry;
    },
    read: async () => [],
  };
  return { facts, ledger };
};
