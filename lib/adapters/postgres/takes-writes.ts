import type { InstanceId } from '../../contracts/database.ts';
import type { WriterState } from '../../contracts/failover.ts';
import { AccessDenied, DependencyUnavailable } from '../../contracts/failures.ts';
import { codeOf } from './failures.ts';
import type { LoginFor } from './login.ts';
import { inSession, type Session } from './session.ts';

const readOnly = '25006';

/** A table is made, written to and given up again. A server that follows another, or that is read only, refuses. */
const tryWrite = async ({ client }: Session): Promise<WriterState> => {
  await client.query('BEGIN');
  try {
    await client.query('CREATE TABLE public.evenkeel_write_probe (n integer)');
    await client.query('INSERT INTO public.evenkeel_write_probe VALUES (1)');
    return 'writes';
  } catch (error) {
    if (codeOf(error) === readOnly) return 'refuses';
    throw error;
  } finally {
    await client.query('ROLLBACK');
  }
};

/**
 * Whether a server takes writes, tried. One that lets nobody in refuses; one that does not answer is silent. Errors:
 * `InstanceNotFound`.
 */
export const takesWrites =
  (loginFor: LoginFor) =>
  async (id: InstanceId): Promise<WriterState> => {
    try {
      return await inSession(loginFor, id, tryWrite);
    } catch (error) {
      if (error instanceof AccessDenied) return 'refuses';
      if (error instanceof DependencyUnavailable) return 'silent';
      throw error;
    }
  };
