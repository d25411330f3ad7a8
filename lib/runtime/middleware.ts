import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import * as v from 'valibot';
import { Failure } from '../contracts/failure.ts';
import { InputInvalid, OutputInvalid } from '../contracts/failures.ts';
import type { RunId } from '../contracts/names.ts';
import type { Log } from './call.ts';
import { problemsOf } from './problems.ts';
import type { Task } from './task.ts';

type Middleware = MiddlewareObj<unknown, unknown, Error, Context, Record<string, unknown>>;

/** What reaches the task after `parseInput`. */
export type Parsed = { run: RunId; input: unknown };

/** Refuses an input that breaks the task's contract, with all problems at once. */
export const parseInput = (task: Task): Middleware => ({
  before(request) {
    const parsed = v.safeParse(task.input, request.event);
    if (!parsed.success) throw broken(InputInvalid, task, problemsOf(parsed.issues));
    request.event = { run: runOf(request.event), input: parsed.output };
  },
});

/** Refuses to hand on an answer that breaks the task's contract. */
export const checkOutput = (task: Task): Middleware => ({
  after(request) {
    const parsed = v.safeParse(task.output, request.response);
    if (!parsed.success) throw broken(OutputInvalid, task, problemsOf(parsed.issues));
    request.response = parsed.output;
  },
});

/** One line when a task ends: ids, duration in milliseconds and, for a failure, its name, data and causes. */
export const logged = (task: Task, log: Log): Middleware => ({
  before(request) {
    request.internal.startedAt = performance.now();
    request.internal.facts = factsOf(task, request.event);
  },
  after(request) {
    log.info('done', factsSoFar(request.internal));
  },
  onError(request) {
    log.error('failed', { ...factsSoFar(request.internal), failure: describe(request.error) });
  },
});

const broken = (Kind: typeof InputInvalid | typeof OutputInvalid, task: Task, problems: string[]): Failure =>
  new Kind(`${task.name}: ${problems.join('; ')}`, { task: task.name, problems });

const factsSoFar = (internal: Record<string, unknown>): Record<string, unknown> => ({
  ...(internal.facts as object),
  durationMs: Math.round(performance.now() - Number(internal.startedAt)),
});

/** A step's input says which execution asked; an event is its own origin. */
const runOf = (event: unknown): RunId => {
  const { run, id } = (event ?? {}) as Ids;
  return String(run ?? id ?? 'unknown');
};

type Ids = { run?: unknown; id?: unknown; service?: unknown; releaseId?: unknown; plan?: Ids; detail?: Ids };

const factsOf = (task: Task, event: unknown): Record<string, unknown> => {
  const ids = (event ?? {}) as Ids;
  const from = ids.plan ?? ids.detail ?? ids;
  return { task: task.name, execution: runOf(event), service: from.service, release: from.releaseId };
};

const describe = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { message: String(error) };
  const data = error instanceof Failure ? error.data : {};
  return {
    name: error.name,
    message: error.message,
    data,
    ...(error.cause ? { cause: describe(error.cause) } : { stack: error.stack }),
  };
};
