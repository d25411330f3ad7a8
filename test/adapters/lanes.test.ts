import { expect, test } from '@jest/globals';
import pg from 'pg';
import { inLanes } from '../../lib/adapters/postgres/lanes.ts';
import type { Session } from '../../lib/adapters/postgres/session.ts';

/** A session that is told statements, and has no server. */
const aSession = (): Session & { told: string[] } => {
  const told: string[] = [];
  const client = new pg.Client();
  client.query = (async (text: string) => void told.push(text)) as unknown as typeof client.query;
  return { client, drill: true, database: 'shop', told };
};

const inTwo = <T>(pieces: ((session: Session) => Promise<T>)[]) => {
  const [first, second] = [aSession(), aSession()];
  const done = inLanes({ open: (work) => work(second), session: first, lanes: 2 }, pieces);
  return { done, first, second };
};

test('what was given comes in the order of the pieces, however long each took', async () => {
  const slow = Promise.withResolvers<string>();
  const { done } = inTwo([() => slow.promise, async () => 'b', async () => 'c']);
  slow.resolve('a');
  expect(await done).toEqual(['a', 'b', 'c']);
});

test('one lane does all pieces on the session that is there', async () => {
  const session = aSession();
  const open = () => Promise.reject(new Error('no other is opened'));
  const used = await inLanes({ open, session, lanes: 1 }, [async (lane) => lane, async (lane) => lane]);
  expect(used).toEqual([session, session]);
});

test('after a failure no piece is begun, and the other lane is waited for', async () => {
  const slow = Promise.withResolvers<void>();
  let over = false;
  let begun = false;
  const { done, first, second } = inTwo<void>([
    async () => {
      await slow.promise;
      over = true;
    },
    async () => {
      slow.resolve();
      throw new Error('the server is gone');
    },
    async () => {
      begun = true;
    },
  ]);
  await expect(done).rejects.toThrow('the server is gone');
  expect({ over, begun }).toEqual({ over: true, begun: false });
  expect(first.told.at(-1)).toBe('COMMIT');
  expect(second.told.at(-1)).toBe('ROLLBACK');
});
