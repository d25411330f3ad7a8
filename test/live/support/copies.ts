import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { InstanceId, RestoreSource } from '../../../lib/contracts/database.ts';
import type { Restore } from '../../../lib/ports/databases.ts';
import { madeOf } from '../../../twin/live/databases/works.ts';
import { databaseAddress } from '../../../twin/live/index.ts';
import type { DatabaseAddress } from '../../../twin/live/postgres/address.ts';
import type { DatabaseWorld } from './database.ts';

export const production = 'twin';

export const query = async (login: DatabaseAddress, sql: string) => {
  const client = new pg.Client(login);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

/** What a test does with the database of its world and with copies of it. */
export const copiesIn = (current: () => DatabaseWorld) => {
  const run = async (sql: string) => query(await databaseAddress(current().folder), sql);
  const take = async () => {
    const { ports, settle } = current();
    const backup = `shop-${randomUUID().slice(0, 8)}`;
    await ports.databases.takeSnapshot(production, `evenkeel-${backup}`, backup);
    await settle();
    return { kind: 'snapshot', snapshot: `evenkeel-${backup}`, of: production } as const;
  };
  const begin = async (source: RestoreSource, damage?: Restore['damage']): Promise<InstanceId> => {
    const drill = `shop-${randomUUID().slice(0, 8)}`;
    const as = `evenkeel-drill-${drill}`;
    const mark = { drill, removeBy: '2099-05-02T16:00:00.000Z' };
    await current().ports.databases.restore({
      as,
      source,
      sizeClass: 'db.t4g.medium',
      mark,
      ...(damage && { damage }),
    });
    return as;
  };
  return {
    run,
    take,
    begin,
    async copy(source?: RestoreSource, damage?: Restore['damage']): Promise<InstanceId> {
      const as = await begin(source ?? (await take()), damage);
      await current().settle();
      return as;
    },
    loginOf(as: InstanceId): DatabaseAddress {
      const made = madeOf(current().works.find('drill', as));
      if (made) return made.login;
      throw new Error(`${as}: expected it to be made`);
    },
    async removeAll() {
      const { databases } = current().ports;
      for (const { id } of await databases.drills()) await databases.remove(id);
      await current().settle();
    },
    now: async (): Promise<string> => {
      const [{ now }] = await run('SELECT clock_timestamp() AS now');
      return now.toISOString();
    },
  };
};
