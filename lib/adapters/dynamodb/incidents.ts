import * as v from 'valibot';
import { AlarmChange, resourceKeyOf } from '../../contracts/alarm.ts';
import { RecordCorrupt } from '../../contracts/failures.ts';
import { Attempt, Breaker, Incident } from '../../contracts/incident.ts';
import { Instant, toMs } from '../../contracts/instant.ts';
import type { Incidents } from '../../ports/remediation.ts';
import { adapter } from '../../runtime/adapter.ts';
import { overAll } from '../http/in-parallel.ts';
import { readRecord } from './read-record.ts';
import { type Item, type Key, type Table, tableNamed, tableSetting } from './table.ts';

/** An incident is found by its id; the partition of those that are open tells which ids to look at. */
const incidentKey = (id: string): Key => ({ pk: `incident#${id}`, sk: 'incident' });
const openKey = ({ openedAt, id }: Pick<Incident, 'openedAt' | 'id'>): Key => ({
  pk: 'incident#open',
  sk: `${openedAt}#${id}`,
});
const recentKey = ({ openedAt, id }: Pick<Incident, 'openedAt' | 'id'>): Key => ({
  pk: 'incident#all',
  sk: `${openedAt}#${id}`,
});
const pointerKey = (attempt: string): Key => ({ pk: `attempt#${attempt}`, sk: 'pointer' });
const attemptKey = ({ at, id }: Pick<Attempt, 'at' | 'id'>): Key => ({ pk: 'attempt#all', sk: `${at}#${id}` });
const changeKey = (change: AlarmChange): Key => ({
  pk: `change#${change.name}`,
  sk: `${change.at}#${change.state}#${change.source}#${resourceKeyOf(change.resource)}`,
});
const breakerKey = (resource: string): Key => ({ pk: `breaker#${resource}`, sk: 'breaker' });

const most = 1000;
/** Reads at the same time. */
const atOnce = 16;
/** What guards look back on is days; a back-test wants three months. DynamoDB drops them after that. */
const changesAreKeptSeconds = 100 * 86_400;
const OpenOne = v.object({ id: v.string() });
const Pointer = v.object({ at: Instant, id: v.string() });

const since = (pk: string, from: Instant) => ({
  KeyConditionExpression: 'pk = :pk AND sk >= :from',
  ExpressionAttributeValues: { ':pk': pk, ':from': from },
  ScanIndexForward: false,
});

const openAfter = (sk: string) => ({
  KeyConditionExpression: 'pk = :pk AND sk > :after',
  ExpressionAttributeValues: { ':pk': 'incident#open', ':after': sk },
});

const incidentsIn = (table: Table): Incidents => {
  const find = async (id: string): Promise<Incident | undefined> => {
    const item = await table.get(incidentKey(id));
    return item && readRecord(Incident, item);
  };
  const attemptOf = async (id: string): Promise<{ key: Key; attempt: Attempt } | undefined> => {
    const pointer = await table.get(pointerKey(id));
    const key = pointer && attemptKey(readRecord(Pointer, pointer));
    const item = key && (await table.get(key));
    return key && item && { key, attempt: readRecord(Attempt, item) };
  };
  return {
    find,
    async open(incident) {
      const isNew = await table.putNew([
        { ...incident, ...incidentKey(incident.id) },
        { id: incident.id, ...openKey(incident) },
        { id: incident.id, ...recentKey(incident) },
      ]);
      return isNew ? incident : known(await find(incident.id), 'incident', incident.id);
    },
    async change(id, change) {
      const incident = known(await find(id), 'incident', id);
      if (Object.values(change).every((value) => value === undefined)) return;
      const update = setting(change, 'attribute_not_exists(#endedAt)', ['endedAt']);
      if (change.endedAt === undefined) await table.update(incidentKey(id), update);
      else await table.updateAndRemove(incidentKey(id), update, openKey(incident));
    },
    async acknowledge(id, acknowledgedBy, acknowledgedAt) {
      known(await find(id), 'incident', id);
      const change = { acknowledgedBy, acknowledgedAt };
      await table.update(incidentKey(id), setting(change, 'attribute_not_exists(#acknowledgedAt)', ['acknowledgedAt']));
      return known(await find(id), 'incident', id);
    },
    async recent(from) {
      const newest = await table.query(since('incident#all', from), most);
      const found = await overAll(atOnce, newest, (item) => find(readRecord(OpenOne, item).id));
      return found.filter((one) => one !== undefined);
    },
    async unended(limit) {
      const open: Incident[] = [];
      for (let after = ' ', left = true; left && open.length < limit; ) {
        const page = await table.query(openAfter(after), limit);
        const found = await overAll(atOnce, page, (item) => find(readRecord(OpenOne, item).id));
        open.push(...found.filter((one) => one !== undefined).filter(({ endedAt }) => endedAt === undefined));
        after = page.at(-1)?.sk ?? after;
        left = page.length === limit;
      }
      return open.slice(0, limit);
    },
    async attempt(attempt) {
      const { at, id } = attempt;
      const isNew = await table.putNew([
        { at, id, ...pointerKey(id) },
        { ...attempt, ...attemptKey(attempt) },
      ]);
      return isNew ? attempt : known((await attemptOf(id))?.attempt, 'attempt', id);
    },
    async endAttempt(id, end) {
      const { key } = known(await attemptOf(id), 'attempt', id);
      await table.update(key, setting(end, 'attribute_not_exists(#help)', ['help']));
    },
    attempts: async (from) =>
      (await table.query(since('attempt#all', from), most)).map((item) => readRecord(Attempt, item)),
    async keepChange(change) {
      const expiresAt = Math.floor(toMs(change.at) / 1000) + changesAreKeptSeconds;
      await table.putNew([{ ...change, ...changeKey(change), expiresAt }]);
    },
    changes: async (name, from) =>
      (await table.query(since(`change#${name}`, from), most)).map((item) => readRecord(AlarmChange, item)),
    async breaker(resource) {
      const item = await table.get(breakerKey(resource));
      return isOpen(item) ? readRecord(Breaker, item) : undefined;
    },
    async openBreaker({ resource, openedAt, reason }) {
      await table.update(
        breakerKey(resource),
        setting({ resource, openedAt, reason }, 'attribute_not_exists(#openedAt)', ['openedAt']),
      );
    },
    async closeBreaker(resource) {
      const names = { '#openedAt': 'openedAt', '#reason': 'reason' };
      const closing = { set: 'REMOVE #openedAt, #reason SET isOver = :over', names, values: { ':over': true } };
      await table.update(breakerKey(resource), closing);
    },
  };
};

const isOpen = (item: Item | undefined): item is Item => item?.openedAt !== undefined;

const known = <T>(found: T | undefined, what: string, id: string): T => {
  if (found === undefined) throw new RecordCorrupt(`${what}: "${id}" was never kept`, { id });
  return found;
};

/** Every name through a placeholder: `status` and others are words of DynamoDB. */
const setting = (change: object, when: string, used: readonly string[]) => {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return {
    set: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    when,
    names: Object.fromEntries([...used, ...entries.map(([name]) => name)].map((name) => [`#${name}`, name])),
    values: Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
  };
};

export const dynamoIncidents = adapter(tableSetting, ({ CONTROL_TABLE }) => incidentsIn(tableNamed(CONTROL_TABLE)));
