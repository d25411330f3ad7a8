import { exitCodes } from './exit-codes.ts';

/** The first ctrl-C asks whatever runs to end in order; the second does not wait for it. */
export const interruptible = (): AbortSignal => {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
};
