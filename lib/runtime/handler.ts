import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { OutOfTime } from '../contracts/failures.ts';
import type { Ports } from '../ports/index.ts';
import type { Log } from './call.ts';
import { checkOutput, logged, type Parsed, parseInput } from './middleware.ts';
import type { Task } from './task.ts';

/** Left for the failure to be logged and returned before the platform ends the process. */
const spareMs = 500;

/** What the twin and the tests may leave out of a Lambda context. */
export type CallContext = Partial<Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>>;
export type Handler = (event: unknown, context: CallContext) => Promise<unknown>;

/**
 * The one way to turn a task into a function: parse, run, check, name, log. AWS, the twin and the tests all come
 * through here; only the ports differ.
 */
export const handlerOf = <P extends Partial<Ports>, I, O>(task: Task<P, I, O>, ports: P, log: Log): Handler => {
  const outOfTime = () => {
    throw new OutOfTime(`${task.name} ran out of its time budget`, { task: task.name });
  };
  const run = (parsed: Parsed, context: CallContext) =>
    task.run(ports, parsed.input as I, {
      run: parsed.run,
      remainingMs: () => context.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY,
      log,
    });
  const anyTask = task as unknown as Task;
  return middy({ timeoutEarlyInMillis: spareMs, timeoutEarlyResponse: outOfTime })
    .use(logged(anyTask, log))
    .use(parseInput(anyTask))
    .use(checkOutput(anyTask))
    .handler(run as never) as unknown as Handler;
};
