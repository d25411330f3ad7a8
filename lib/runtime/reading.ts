import { Failure, Transient } from '../contracts/failure.ts';
import type { Call } from './call.ts';

/** What cannot be read passes in most cases; whoever asks in vain this often takes it for unknown. */
export const patientTries = 3;

/**
 * One fact by itself: what cannot be read is `undefined`, so that whoever decides knows that it is unknown, and the other facts
 * still count. `patient`: one that may pass is thrown instead, for a machine that tries again. Only failures that ports name; a
 * mistake of ours is thrown.
 */
export const reading = async <T>(
  { log, patient = false }: Pick<Call, 'log'> & { patient?: boolean },
  what: string,
  read: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Failure) || (patient && error instanceof Transient)) throw error;
    log.error('could not be read', { what, failure: error.name });
    return undefined;
  }
};
