import { randomUUID } from 'node:crypto';
import { afterEach, jest } from '@jest/globals';
import { beginSnapshot } from '../../twin/live/databases/snapshots.ts';
import { describeDatabases } from '../contracts/databases.contract.ts';
import { copiesIn, production } from './support/copies.ts';
import { sharedDatabase } from './support/database.ts';

jest.setTimeout(60_000);

const current = sharedDatabase();

/** A server of a copy that a test is done with only slows the next test. */
afterEach(copiesIn(current).removeAll);

describeDatabases('live', async () => {
  const { ports, folder, works, settle } = current();
  const first = (await ports.databases.snapshots(production)).length === 0;
  if (first) await ports.databases.takeSnapshot(production, 'evenkeel-first', 'first');
  await settle();
  return {
    port: ports.databases,
    production,
    settle,
    async foreignSnapshot() {
      const id = `by-hand-${randomUUID().slice(0, 8)}`;
      await beginSnapshot(folder, works, id, { of: production, begunAt: ports.clock.now() });
      await settle();
      return id;
    },
  };
});
