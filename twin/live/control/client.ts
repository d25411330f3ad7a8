import * as v from 'valibot';
import { DependencyUnavailable } from '../../../lib/contracts/failures.ts';
import { type Incoming, send } from '../process/http.ts';
import type { Role } from '../process/paths.ts';
import type { InputOf, Operations, OutputOf } from './operation.ts';
import { type Registration, runningProcess } from './registration.ts';
import { fromWire, instanceHeader, WireFailure } from './wire.ts';

const answerWithinMs = 5000;
const notOurs = 403;

/** Asks a process of the world for one of its operations. */
export type Ask<T extends Operations> = <K extends keyof T & string>(
  name: K,
  input: InputOf<T[K]>,
) => Promise<OutputOf<T[K]>>;

/**
 * Finds the process anew for each question, so a restarted one is simply found at its new place.
 * Errors: what the operation throws, or `DependencyUnavailable`.
 */
export const askerOf =
  <T extends Operations>(stateDir: string, role: Role): Ask<T> =>
  async (name, input) => {
    const place = await runningProcess(stateDir, role);
    if (!place) throw new DependencyUnavailable(`${role}: not running in ${stateDir}; start it with: evenkeel up`);
    const answer = await post(role, place, name, input);
    if (answer.status === 200) return JSON.parse(answer.body).output;
    if (answer.status === notOurs) throw new DependencyUnavailable(`${role}: port ${place.port} is another program's`);
    throw fromWire(v.parse(WireFailure, JSON.parse(answer.body)));
  };

const post = (role: Role, { port, instance }: Registration, name: string, input: unknown): Promise<Incoming> =>
  send({
    port,
    path: `/${name}`,
    method: 'POST',
    headers: { [instanceHeader]: instance, 'content-type': 'application/json' },
    body: JSON.stringify(input),
    timeoutMs: answerWithinMs,
  }).catch((cause) => {
    throw new DependencyUnavailable(`${role}: no answer to "${name}" on port ${port}`, { role, port }, { cause });
  });
