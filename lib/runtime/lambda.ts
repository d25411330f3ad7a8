import { Logger } from '@aws-lambda-powertools/logger';
import type { Ports } from '../ports/index.ts';
import { type AdaptersFor, buildAll } from './adapter.ts';
import type { Log } from './call.ts';
import { type Handler, handlerOf } from './handler.ts';
import type { Task } from './task.ts';

/**
 * The Lambda function of a task. Settings are read and ports built on the first call, so importing the file (as the
 * twin does, to take the bare task) needs no environment.
 */
export const lambda = <P extends Partial<Ports>, I, O>(task: Task<P, I, O>, adapters: AdaptersFor<P>): Handler => {
  let handler: Handler | undefined;
  return (event, context) => {
    handler ??= handlerOf(task, buildAll(adapters), powertoolsLog());
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
