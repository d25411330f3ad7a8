import { inLongTransaction, type OpenSession, type Session } from './session.ts';

type Lanes = { open: OpenSession; session: Session; lanes: 1 | 2 };

/**
 * Does pieces of work side by side, each in a transaction of its lane: the first lane is the session that is there, the second one
 * is opened. Gives what they gave, in their order. After a failure no piece is begun, and none goes on unseen.
 */
export const inLanes = async <T>(
  { open, session, lanes }: Lanes,
  pieces: readonly ((session: Session) => Promise<T>)[],
): Promise<T[]> => {
  const left = [...pieces.entries()];
  const done: T[] = [];
  const stopping = (error: unknown) => {
    left.length = 0;
    throw error;
  };
  const lane = (own: Session) =>
    inLongTransaction(own, 'BEGIN', async () => {
      for (let next = left.shift(); next; next = left.shift()) done[next[0]] = await next[1](own).catch(stopping);
    });
  const running = [lane(session), ...(lanes === 2 ? [open(lane)] : [])].map((one) => one.catch(stopping));
  const failed = (await Promise.allSettled(running)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return done;
};
