import { describe, expect, test } from '@jest/globals';
import type { Instant } from '../../lib/contracts/instant.ts';
import type { LogReading, TransparencyLogs } from '../../lib/ports/certificates.ts';

export type TransparencyWorld = {
  /** Reads one log, which has entries already. */
  port: TransparencyLogs;
  domain: string;
  /** Logs a certificate for the names. */
  log(names: readonly string[]): Promise<void>;
  /** From now on the log shows another past than it did. */
  contradict(): Promise<void>;
  deadline: Instant;
};

const read = ([reading]: readonly LogReading[]): Extract<LogReading, { state: 'read' }> => {
  if (reading?.state !== 'read') throw new Error(`the log was not read: ${reading?.reason}`);
  return reading;
};
const namesIn = (readings: readonly LogReading[]): string[] =>
  read(readings).found.flatMap(({ certificate }) => certificate.names);

export const describeTransparency = (name: string, make: () => Promise<TransparencyWorld>): void => {
  describe(`TransparencyLogs: ${name}`, () => {
    const begun = async () => {
      const world = await make();
      const since = (readings: readonly LogReading[]) =>
        world.port.since([read(readings).cursor], [world.domain], world.deadline);
      return { ...world, since, first: await world.port.since([], [world.domain], world.deadline) };
    };

    test('without a cursor it begins at its end', async () => {
      const { first } = await begun();
      expect(read(first)).toMatchObject({ behind: 0, found: [] });
    });

    test('what is logged for a domain, or anything below it, is found', async () => {
      const { first, since, log, domain } = await begun();
      await log([domain]);
      await log([`shop.${domain}`]);
      expect(namesIn(await since(first))).toEqual([domain, `shop.${domain}`]);
    });

    test('what is logged for others is not', async () => {
      const { first, since, log, domain } = await begun();
      await log(['elsewhere.test']);
      await log([`not${domain}`]);
      expect(namesIn(await since(first))).toEqual([]);
    });

    test('it goes on from where it was', async () => {
      const { first, since, log, domain } = await begun();
      await log([domain]);
      const second = await since(first);
      await log([`later.${domain}`]);
      expect(namesIn(await since(second))).toEqual([`later.${domain}`]);
    });

    test('a log that contradicts its past is unread, with the contradiction', async () => {
      const { first, since, log, domain, contradict } = await begun();
      await log([domain]);
      const second = await since(first);
      await contradict();
      expect(await since(second)).toMatchObject([{ state: 'unread', reason: expect.stringMatching(/./) }]);
    });
  });
};
