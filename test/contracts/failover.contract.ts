import { describe, expect, test } from '@jest/globals';
import type { Dns, Heartbeats, Witnesses, Writers } from '../../lib/ports/failover.ts';
import { until } from '../../twin/live/process/until.ts';
import { failure } from './good.ts';

const allPrimary = { primary: 100, second: 0 };
const allSecond = { primary: 0, second: 100 };

export type DnsWorld = {
  port: Dns;
  /** A name whose users are all led to the primary side, and was never shifted. */
  record: string;
  path: string;
};

export type RequestsWorld = DnsWorld & {
  /** Returns when caches have forgotten what was before. */
  settled(): Promise<void>;
  /** Nothing answers on that side from now on. */
  lose(side: 'primary' | 'second'): Promise<void>;
};

export const describeDns = (name: string, make: () => Promise<DnsWorld>): void => {
  describe(`Dns: ${name}`, () => {
    test('the weights in force are shown', async () => {
      const { port, record } = await make();
      expect(await port.weights(record)).toEqual(allPrimary);
    });

    test('a shift is written when it returns, and the same again changes nothing', async () => {
      const { port, record } = await make();
      await port.shift(record, allSecond, 3);
      await port.shift(record, allSecond, 3);
      expect(await port.weights(record)).toEqual(allSecond);
    });

    test('one token may go forward and back', async () => {
      const { port, record } = await make();
      await port.shift(record, allSecond, 3);
      await port.shift(record, allPrimary, 3);
      expect(await port.weights(record)).toEqual(allPrimary);
    });

    test('a larger token wins, an older one is refused and moves nothing', async () => {
      const { port, record } = await make();
      await port.shift(record, allSecond, 4);
      await expect(port.shift(record, allPrimary, 3)).rejects.toEqual(failure('LeaseLost'));
      expect(await port.weights(record)).toEqual(allSecond);
    });

    test.each([
      ['sum to 90', { primary: 60, second: 30 }],
      ['are negative', { primary: 110, second: -10 }],
      ['are fractions', { primary: 99.5, second: 0.5 }],
    ])('weights that %s are refused and move nothing', async (_, weights) => {
      const { port, record } = await make();
      await expect(port.shift(record, weights, 1)).rejects.toEqual(failure('WeightsInvalid'));
      expect(await port.weights(record)).toEqual(allPrimary);
    });

    test('a name that is no pair of records is refused by all', async () => {
      const { port, path } = await make();
      const unknown = 'nobody.example.com';
      await expect(port.weights(unknown)).rejects.toEqual(failure('DnsRecordInvalid'));
      await expect(port.shift(unknown, allSecond, 1)).rejects.toEqual(failure('DnsRecordInvalid'));
      await expect(port.request(unknown, 1, path)).rejects.toEqual(failure('DnsRecordInvalid'));
    });
  });
};

export const describeRequests = (name: string, make: () => Promise<RequestsWorld>): void => {
  describe(`Dns, asked through its names: ${name}`, () => {
    test('requests follow the name, and say which side answered', async () => {
      const { port, record, path, settled } = await make();
      for (const answer of await port.request(record, 4, path))
        expect(answer).toMatchObject({ ok: true, side: 'primary' });
      await port.shift(record, allSecond, 1);
      await settled();
      const answers = await port.request(record, 4, path);
      expect(answers).toHaveLength(4);
      for (const answer of answers) expect(answer).toMatchObject({ ok: true, side: 'second' });
    });

    test('a lost answer is an answer that is not ok', async () => {
      const { port, record, path, lose } = await make();
      await lose('primary');
      const answers = await port.request(record, 3, path);
      expect(answers.map(({ ok }) => ok)).toEqual([false, false, false]);
    });
  });
};

export /** A promotion is begun, and goes on by itself. */
const promotedWithinMs = 20_000;

type WritersWorld = {
  port: Writers;
  /** A server that takes writes, and one that follows it. */
  old: string;
  replica: string;
  /** Returns when what was begun has been done. */
  settled(): Promise<void>;
  /** Nothing of the old server's region answers from now on. */
  loseOld(): Promise<void>;
};

export const describeWriters = (name: string, make: () => Promise<WritersWorld>): void => {
  describe(`Writers: ${name}`, () => {
    test('a server that takes writes, and one that follows it', async () => {
      const { port, old, replica } = await make();
      expect(await port.state(old)).toBe('writes');
      expect(await port.state(replica)).toBe('refuses');
    });

    test('a fenced server takes no writes, and fencing it again changes nothing', async () => {
      const { port, old, settled } = await make();
      expect(await port.fence(old, 1)).toBe('fenced');
      await settled();
      expect(await port.fence(old, 1)).toBe('fenced');
      await settled();
      expect(await port.state(old)).not.toBe('writes');
    });

    test('a server whose region is gone is silent, and fencing it says so', async () => {
      const { port, old, loseOld } = await make();
      await loseOld();
      expect(await port.state(old)).toBe('silent');
      expect(await port.fence(old, 1)).toBe('unreachable');
    });

    test('a promoted replica takes writes, and promoting it again changes nothing', async () => {
      const { port, old, replica, settled } = await make();
      await port.fence(old, 1);
      await port.promote(replica, 1);
      await settled();
      await port.promote(replica, 1);
      await until('the end of the promotion', promotedWithinMs, async () => (await port.state(replica)) === 'writes');
    });

    test('an older token is refused, and promotes nothing', async () => {
      const { port, old, replica, settled } = await make();
      await port.fence(old, 5);
      await expect(port.fence(old, 4)).rejects.toEqual(failure('LeaseLost'));
      await port.promote(replica, 5);
      await settled();
      await expect(port.promote(replica, 4)).rejects.toEqual(failure('LeaseLost'));
    });

    test('a server that is not there cannot be promoted', async () => {
      const { port } = await make();
      await expect(port.promote('nobody', 1)).rejects.toEqual(failure('InstanceNotFound'));
    });
  });
};

export type WitnessesWorld = {
  port: Witnesses;
  database: string;
  lose(): Promise<void>;
};

export const describeWitnesses = (name: string, make: () => Promise<WitnessesWorld>): void => {
  describe(`Witnesses: ${name}`, () => {
    test('three different ones see a region that lives', async () => {
      const { port, database } = await make();
      const heard = await port.ask(database);
      expect(new Set(heard.map((each) => each.name)).size).toBe(3);
      expect(heard.map(({ saw }) => saw)).toEqual(['answers', 'answers', 'answers']);
    });

    test('all see one that is lost, each with a reason', async () => {
      const { port, database, lose } = await make();
      await lose();
      const heard = await port.ask(database);
      expect(heard.map(({ saw }) => saw)).toEqual(['lost', 'lost', 'lost']);
      for (const { reason } of heard) expect(reason.length).toBeGreaterThan(3);
    });
  });
};

export type HeartbeatsWorld = {
  port: Heartbeats;
  database: string;
  /** Of the database, all of them healthy. */
  services: string[];
  /** What the second region was told last. */
  heard(): Promise<number | undefined>;
  /** No target is healthy any more. */
  sicken(): Promise<void>;
};

export const describeHeartbeats = (name: string, make: () => Promise<HeartbeatsWorld>): void => {
  describe(`Heartbeats: ${name}`, () => {
    test('healthy targets are counted, and those of nobody are none', async () => {
      const { port, services } = await make();
      expect(await port.healthyTargets(services)).toBeGreaterThan(0);
      expect(await port.healthyTargets([])).toBe(0);
    });

    test('targets that are not healthy do not count', async () => {
      const { port, services, sicken } = await make();
      await sicken();
      expect(await port.healthyTargets(services)).toBe(0);
    });

    test('the second region hears the newest count, none included', async () => {
      const { port, database, heard } = await make();
      await port.send(database, 3);
      expect(await heard()).toBe(3);
      await port.send(database, 0);
      expect(await heard()).toBe(0);
    });
  });
};
