import { Logger } from '@aws-lambda-powertools/logger';
import type { Ports } from '../ports/index.ts';
import type { Adapter } from './adapter.ts';
import type { Log } from './call.ts';
import { parseConfig } from './config.ts';
import { type Handler, handlerOf } from './handler.ts';
import type { Task } from './task.ts';

// biome-ignore lint/suspicious/noExplicitAny: each adapter has its own settings; they are merged and checked as one.
type AnyAdapter<T> = Adapter<T, any>;
type AdaptersFor<P extends Partial<Ports>> = { [K in keyof P]: AnyAdapter<P[K]> };

/**
 * The Lambda function of a task. Settings are read and ports built on the first call, so importing the file (as the
 * twin does, to take the bare task) needs no environment.
 */
export const lambda = <P extends Partial<Ports>, I, O>(task: Task<P, I, O>, adapters: AdaptersFor<P>): Handler => {
  let handler: Handler | undefined;
  return (event, context) => {
    handler ??= handlerOf(task, portsOf(adapters), powertoolsLog());
    return handler(event, context);
  };
};

const powertoolsLog = (): Log => {
  const logger = new Logger({ serviceName: 'evenkeel' });
  return {
    info: (message, facts = {}) => logger.info(message, facts),
    error: (message, facts = {}) => logger.error(message, facts),
  };
};

const portsOf = <P extends Partial<Ports>>(adapters: AdaptersFor<P>): P => {
  const parts = Object.entries(adapters) as [string, AnyAdapter<unknown>][];
  const config = parseConfig(Object.assign({}, ...parts.map(([, part]) => part.config)));
  return Object.fromEntries(parts.map(([name, part]) => [name, part.create(config)])) as P;
};
