import { ReleaseAlreadyRunning, WriteConflict } from '../../contracts/failures.ts';
import type { Instant } from '../../contracts/instant.ts';
import { Lease } from '../../contracts/lease.ts';
import type { Leases } from '../../ports/leases.ts';
import { adapter } from '../../runtime/adapter.ts';
import { readRecord } from './read-record.ts';
import { type Item, type Table, tableNamed, tableSetting } from './table.ts';

/** One item per resource, never deleted: it keeps the last token, so the next one is always larger. */
const keyOf = (resource: string) => ({ pk: `lease#${resource}`, sk: 'lease' });

const grant = 'SET #resource = :resource, holder = :holder, #until = :until ADD #token :one';
/** Reserved words of DynamoDB. */
const names = { '#until': 'until', '#token': 'token' };

/** Nobody's: given back, or never taken. */
const held = (item: Item | undefined): item is Item => item?.holder !== undefined;

const leasesIn = (table: Table): Leases => {
  const current = async (resource: string): Promise<Lease | undefined> => {
    const item = await table.get(keyOf(resource));
    return held(item) ? readRecord(Lease, item) : undefined;
  };

  /** Gives a new lease when the condition holds, otherwise tells who has it. */
  const granted = async (resource: string, holder: string, until: Instant, when: string, more: object = {}) => {
    const values = { ':resource': resource, ':holder': holder, ':until': until, ':one': 1, ...more };
    const item = await table.update(keyOf(resource), {
      set: grant,
      when,
      names: { ...names, '#resource': 'resource' },
      values,
    });
    if (item) return readRecord(Lease, item);
    const lease = await current(resource);
    if (lease) return lease;
    throw new WriteConflict(`${resource}: its lease was given back while another writer asked for it`, { resource });
  };

  return {
    current,
    async take(resource, holder, until, now) {
      const when = 'attribute_not_exists(holder) OR #until <= :now';
      const lease = await granted(resource, holder, until, when, { ':now': now });
      if (lease.holder !== holder) throw new ReleaseAlreadyRunning(resource, lease.holder, lease.until);
      return lease;
    },
    async takeOver(resource, holder, until) {
      const lease = await granted(resource, holder, until, 'attribute_not_exists(holder) OR holder <> :holder');
      if (lease.holder === holder) return lease;
      throw new WriteConflict(`${resource}: taken over by two at once`, { resource });
    },
    async release({ resource, holder, token }) {
      const when = 'holder = :holder AND #token = :token';
      const values = { ':holder': holder, ':token': token };
      await table.update(keyOf(resource), { set: 'REMOVE holder, #until', when, names, values });
    },
  };
};

export const dynamoLeases = adapter(tableSetting, ({ CONTROL_TABLE }) => leasesIn(tableNamed(CONTROL_TABLE)));
