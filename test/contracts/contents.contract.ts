import { describe, expect, test } from '@jest/globals';
import type { InstanceId } from '../../lib/contracts/database.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import type { Contents } from '../../lib/ports/contents.ts';
import { failure } from './good.ts';

export type ContentsWorld = {
  port: Contents;
  /** A database of production with the tables `public.items` (three rows) and `public.orders`. */
  production: InstanceId;
  /** Runs SQL there, past the port. */
  run(sql: string): Promise<void>;
  /** A new drill's copy of it as it is now. */
  copy(): Promise<InstanceId>;
};
type Make = () => Promise<ContentsWorld>;

const at = '2026-05-01T10:00:30.000Z';
const pair = ['public.items', 'public.orders'];

/** All of it. Two parts are exported for a world that speaks no SQL. */
export const describeContents = (name: string, make: Make): void => {
  describeReading(name, make);
  describeSentinels(name, make);
  describeInvariants(name, make);
  describeDamage(name, make);
};

const describeReading = (name: string, make: Make): void => {
  describe(`Contents: ${name}: reading`, () => {
    test('what does not exist is not found', async () => {
      const { port } = await make();
      await expect(port.outline('nowhere')).rejects.toEqual(failure('InstanceNotFound'));
      await expect(port.tables('nowhere')).rejects.toEqual(failure('InstanceNotFound'));
    });

    test('an outline says whose cluster it is, who owns what, and whether pages have checksums', async () => {
      const { port, production } = await make();
      const outline = await port.outline(production);
      expect(outline).toMatchObject({
        systemIdentifier: expect.stringMatching(/^\d+$/),
        engineVersion: expect.stringMatching(/^\d+(\.\d+)?$/),
        extensions: { plpgsql: expect.any(String) },
        pageChecksums: true,
      });
      expect(Object.keys(outline.owners).sort()).toEqual(pair);
    });

    test('tables are those of users, sorted; sentinels are not among them', async () => {
      const { port, production } = await make();
      await port.writeSentinel(production, at);
      expect(await port.tables(production)).toEqual(pair);
    });

    test('what somebody keeps beside the sentinels is read as well', async () => {
      const { port, production, run } = await make();
      await port.writeSentinel(production, at);
      await run('CREATE TABLE evenkeel.stray AS SELECT 1 AS n');
      expect(await port.tables(production)).toEqual(['evenkeel.stray', ...pair]);
      expect(await port.table(production, 'evenkeel.stray')).toMatchObject({ rows: 1, damage: [] });
    });

    test('a table is read to the same sum again, and to another one when a row differs', async () => {
      const { port, production, run } = await make();
      const before = await port.table(production, 'public.items');
      expect(before).toMatchObject({ table: 'public.items', rows: 3, damage: [] });
      expect(await port.table(production, 'public.items')).toEqual(before);
      await run(`UPDATE items SET name = 'kiel' WHERE id = 1`);
      const after = await port.table(production, 'public.items');
      expect(after.rows).toBe(3);
      expect(after.checksum).not.toBe(before.checksum);
    });

    test('the order of rows changes no sum, and a row that is there twice does', async () => {
      const { port, production, run } = await make();
      await run('INSERT INTO orders SELECT n FROM generate_series(1, 50) n');
      const forward = await port.table(production, 'public.orders');
      await run('DELETE FROM orders; INSERT INTO orders SELECT n FROM generate_series(50, 1, -1) n');
      expect(await port.table(production, 'public.orders')).toEqual(forward);
      await run('INSERT INTO orders VALUES (50)');
      expect((await port.table(production, 'public.orders')).checksum).not.toBe(forward.checksum);
    });

    test('a table that is not there is damage, not an error', async () => {
      const { port, production } = await make();
      expect((await port.table(production, 'public.nothing')).damage).toHaveLength(1);
    });

    test('a manifest has the outline and all tables, as they are read one by one', async () => {
      const { port, production } = await make();
      const manifest = await port.manifest(production, at);
      expect(manifest).toMatchObject({ instance: production, at, outline: await port.outline(production) });
      expect(manifest.tables).toEqual(await Promise.all(pair.map((table) => port.table(production, table))));
    });
  });
};

export const describeSentinels = (name: string, make: Make): void => {
  describe(`Contents: ${name}: sentinels`, () => {
    test('a database without sentinels has none', async () => {
      const { port, production } = await make();
      expect(await port.sentinels(production)).toEqual({ count: 0 });
    });

    test('one is written each minute, whoever asks for it how often', async () => {
      const { port, production } = await make();
      const first = await port.writeSentinel(production, at);
      expect(first).toMatchObject({ sequence: 1, at });
      expect(await port.writeSentinel(production, plusSeconds(at, 20))).toEqual(first);
      const second = await port.writeSentinel(production, plusSeconds(at, 40));
      expect(second).toMatchObject({ sequence: 2, at: plusSeconds(at, 40) });
      expect(await port.sentinels(production)).toEqual({ newest: second, count: 2 });
    });

    test('many writers at once make one chain', async () => {
      const { port, production } = await make();
      const minutes = Array.from({ length: 6 }, (_, minute) => plusSeconds(at, minute * 60));
      for (const minute of minutes) {
        const written = await Promise.all([1, 2, 3].map(() => port.writeSentinel(production, minute)));
        expect(new Set(written.map(({ hash }) => hash)).size).toBe(1);
      }
      expect(await port.sentinels(production)).toMatchObject({ count: 6 });
      expect((await port.sentinels(production)).broken).toBeUndefined();
    });

    test.each([
      ['is missing', 'DELETE FROM evenkeel.sentinel WHERE sequence = 2', /2 is missing/],
      ['was changed', `UPDATE evenkeel.sentinel SET at = at + interval '1 s' WHERE sequence = 2`, /2 does not follow/],
      ['was made up', `INSERT INTO evenkeel.sentinel VALUES (4, now(), 'made up')`, /4 does not follow/],
    ])('a row that %s is told', async (_, sql, broken) => {
      const { port, production, run } = await make();
      for (const minute of [0, 1, 2]) await port.writeSentinel(production, plusSeconds(at, minute * 60));
      await run(sql);
      expect((await port.sentinels(production)).broken).toMatch(broken);
    });

    test('a clock that went back by more than a minute writes nothing', async () => {
      const { port, production } = await make();
      await port.writeSentinel(production, at);
      await expect(port.writeSentinel(production, plusSeconds(at, -120))).rejects.toEqual(failure('ClockSkewed'));
      expect(await port.sentinels(production)).toMatchObject({ count: 1 });
    });
  });
};

const describeInvariants = (name: string, make: Make): void => {
  describe(`Contents: ${name}: rules`, () => {
    const ask = async (sql: string) => {
      const { port, production } = await make();
      const [reading] = await port.invariants(production, [{ name: 'rule', sql }]);
      return { reading, port, production };
    };

    test.each([
      ['SELECT count(*) = 3 FROM items', true],
      ['SELECT false', false],
    ])('%s holds: %s', async (sql, holds) => {
      expect((await ask(sql)).reading).toEqual({ name: 'rule', holds });
    });

    test.each([
      ['names what is not there', 'SELECT true FROM nothing'],
      ['gives no row', 'SELECT true WHERE false'],
      ['gives two rows', 'SELECT true FROM generate_series(1, 2)'],
      ['gives no boolean', 'SELECT 1'],
      ['gives nothing', 'SELECT NULL::boolean'],
    ])('one that %s could not be asked', async (_, sql) => {
      expect((await ask(sql)).reading).toEqual({ name: 'rule', error: expect.any(String) });
    });

    test('one that would write is refused, and nothing is written', async () => {
      const { reading, port, production } = await ask(`SELECT setval(pg_get_serial_sequence('items', 'id'), 7) > 0`);
      expect(reading).toEqual({ name: 'rule', error: expect.any(String) });
      expect(await port.table(production, 'public.items')).toMatchObject({ rows: 3 });
    });

    test('one that cannot be asked keeps no other from being asked', async () => {
      const { port, production } = await make();
      const rules = ['SELECT nonsense', 'SELECT true'].map((sql, index) => ({ name: `rule ${index}`, sql }));
      expect(await port.invariants(production, rules)).toMatchObject([{ error: expect.any(String) }, { holds: true }]);
    });
  });
};

export const describeDamage = (name: string, make: Make): void => {
  describe(`Contents: ${name}: a drill's copy`, () => {
    test('has what production has, to the sum', async () => {
      const { port, production, copy } = await make();
      await port.writeSentinel(production, at);
      const [there, here] = [await port.manifest(production, at), await copy()];
      const found = await port.manifest(here, at);
      expect(found.tables).toEqual(there.tables);
      expect(found.outline).toEqual(there.outline);
      expect(await port.sentinels(here)).toEqual(await port.sentinels(production));
      expect((await port.table(here, 'public.items')).damage).toEqual([]);
    });

    test('loses a table on purpose', async () => {
      const { port, copy } = await make();
      const here = await copy();
      await port.damage(here, 'dropped-table');
      expect(await port.tables(here)).toHaveLength(pair.length - 1);
    });

    test('gives a table to somebody else on purpose', async () => {
      const { port, production, copy } = await make();
      const here = await copy();
      await port.damage(here, 'wrong-owner');
      expect((await port.outline(here)).owners).not.toEqual((await port.outline(production)).owners);
    });

    test('production is never damaged', async () => {
      const { port, production } = await make();
      for (const damage of ['dropped-table', 'wrong-owner'] as const) {
        await expect(port.damage(production, damage)).rejects.toEqual(failure('NotOurs'));
      }
      expect(await port.tables(production)).toEqual(pair);
    });
  });
};
