import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Lease } from '../../lib/contracts/lease.ts';
import type { Leases } from '../../lib/ports/leases.ts';
import { failure } from './good.ts';

const resource = 'service/shop';
const ten = '2026-05-01T10:00:00.000Z';
const eleven = '2026-05-01T11:00:00.000Z';
const noon = '2026-05-01T12:00:00.000Z';

/** `make` gives a store without leases each time. */
export const describeLeases = (name: string, make: () => Promise<{ port: Leases }>): void => {
  describe(`Leases: ${name}`, () => {
    test('a free resource is given', async () => {
      const { port } = await make();
      expect(await port.current(resource)).toBeUndefined();
      const lease = await port.take(resource, 'run-a', eleven, ten);
      expect(lease).toEqual({ resource, holder: 'run-a', token: expect.any(Number), until: eleven });
      expect(await port.current(resource)).toEqual(lease);
    });

    test('the holder that asks again gets the lease it has', async () => {
      const { port } = await make();
      const lease = await port.take(resource, 'run-a', eleven, ten);
      expect(await port.take(resource, 'run-a', noon, ten)).toEqual(lease);
    });

    test('another is refused and told who holds it until when', async () => {
      const { port } = await make();
      await port.take(resource, 'run-a', eleven, ten);
      const refused = port.take(resource, 'run-b', eleven, ten);
      await expect(refused).rejects.toEqual(failure('ReleaseAlreadyRunning'));
      await expect(refused).rejects.toMatchObject({ data: { resource, holder: 'run-a', until: eleven } });
    });

    test('of many that ask at once, one gets it', async () => {
      const { port } = await make();
      const holders = ['a', 'b', 'c', 'd', 'e', 'f'];
      const asked = await Promise.allSettled(holders.map((holder) => port.take(resource, holder, eleven, ten)));
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    test('an expired lease is shown until somebody takes it', async () => {
      const { port } = await make();
      const expired = await port.take(resource, 'run-a', eleven, ten);
      expect(await port.current(resource)).toEqual(expired);
      const next = await port.take(resource, 'run-b', noon, eleven);
      expect(next.token).toBeGreaterThan(expired.token);
      expect(await port.current(resource)).toEqual(next);
    });

    test('whoever takes its own expired lease again gets a new one', async () => {
      const { port } = await make();
      const expired = await port.take(resource, 'run-a', eleven, ten);
      const next = await port.take(resource, 'run-a', noon, eleven);
      expect(next).toEqual({ resource, holder: 'run-a', until: noon, token: expect.any(Number) });
      expect(next.token).toBeGreaterThan(expired.token);
    });

    test('a takeover succeeds whoever holds it, with a larger token', async () => {
      const { port } = await make();
      const first = await port.take(resource, 'run-a', noon, ten);
      const taken = await port.takeOver(resource, 'undo-a', noon);
      expect(taken.token).toBeGreaterThan(first.token);
      expect(await port.current(resource)).toEqual(taken);
      await expect(port.take(resource, 'run-a', noon, ten)).rejects.toEqual(failure('ReleaseAlreadyRunning'));
    });

    test('a takeover of a free resource is a lease too', async () => {
      const { port } = await make();
      const taken = await port.takeOver(resource, 'undo-a', noon);
      expect(await port.current(resource)).toEqual(taken);
    });

    test('a takeover by the holder gives the lease it has', async () => {
      const { port } = await make();
      const taken = await port.takeOver(resource, 'undo-a', eleven);
      expect(await port.takeOver(resource, 'undo-a', noon)).toEqual(taken);
    });

    test('what was given back is free, and its token is never reused', async () => {
      const { port } = await make();
      const first = await port.take(resource, 'run-a', eleven, ten);
      await port.release(first);
      expect(await port.current(resource)).toBeUndefined();
      const next = await port.take(resource, 'run-a', eleven, ten);
      expect(next.token).toBeGreaterThan(first.token);
    });

    test('giving back a lease that is no longer ours leaves the new one alone', async () => {
      const { port } = await make();
      const first = await port.take(resource, 'run-a', noon, ten);
      const taken = await port.takeOver(resource, 'undo-a', noon);
      await port.release(first);
      expect(await port.current(resource)).toEqual(taken);
    });

    test('giving back twice does not free the lease that the same holder took since', async () => {
      const { port } = await make();
      const first = await port.take(resource, 'run-a', noon, ten);
      await port.release(first);
      const next = await port.take(resource, 'run-a', noon, ten);
      await port.release(first);
      expect(await port.current(resource)).toEqual(next);
    });

    test('resources do not know each other', async () => {
      const { port } = await make();
      await port.take(resource, 'run-a', eleven, ten);
      expect(await port.take('service/other', 'run-b', eleven, ten)).toMatchObject({ holder: 'run-b' });
    });

    test('whatever happens in whatever order, a new lease has the largest token so far', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { maxLength: 12 }), async (operations) => tokensGrow(make, operations)),
        {
          numRuns: 15,
        },
      );
    });
  });
};

type Operation = { kind: 'take' | 'takeOver' | 'release'; holder: string; hour: number };
const operation: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom('take', 'takeOver', 'release'),
  holder: fc.constantFrom('a', 'b', 'c'),
  hour: fc.integer({ min: 0, max: 3 }),
});

const tokensGrow = async (make: () => Promise<{ port: Leases }>, operations: Operation[]): Promise<void> => {
  const { port } = await make();
  let newest: Lease | undefined;
  for (const step of operations) {
    const lease = await perform(port, step, newest);
    if (!lease || isSame(lease, newest)) continue;
    expect(lease.token).toBeGreaterThan(newest?.token ?? Number.NEGATIVE_INFINITY);
    newest = lease;
  }
};

const isSame = (lease: Lease, other: Lease | undefined): boolean =>
  lease.token === other?.token && lease.holder === other.holder;

const perform = async (port: Leases, { kind, holder, hour }: Operation, newest: Lease | undefined) => {
  const now = `2026-05-01T1${hour}:00:00.000Z`;
  const until = `2026-05-01T1${hour + 1}:00:00.000Z`;
  if (kind === 'takeOver') return port.takeOver(resource, holder, until);
  if (kind === 'release') {
    if (newest) await port.release({ ...newest, holder });
    return undefined;
  }
  return port.take(resource, holder, until, now).catch((error: Error) => {
    expect(error).toEqual(failure('ReleaseAlreadyRunning'));
    return undefined;
  });
};
