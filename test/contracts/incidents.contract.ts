import { describe, expect, test } from '@jest/globals';
import type { AlarmChange } from '../../lib/contracts/alarm.ts';
import type { Attempt, Incident } from '../../lib/contracts/incident.ts';
import type { Incidents } from '../../lib/ports/remediation.ts';
import { failure } from './good.ts';

const at = (minute: number) => `2026-05-01T10:${String(minute).padStart(2, '0')}:00.000Z`;

export const aChange = (differs: Partial<AlarmChange> = {}): AlarmChange => ({
  source: 'cloudwatch',
  name: 'shop-errors',
  resource: { kind: 'service', id: 'shop', service: 'shop' },
  state: 'firing',
  at: at(0),
  labels: { severity: 'critical' },
  says: 'Threshold Crossed',
  ...differs,
});

export const anIncident = (differs: Partial<Incident> = {}): Incident => ({
  id: 'remedy-1',
  playbook: 'crashing',
  alarm: aChange(),
  resource: 'service/shop',
  openedAt: at(1),
  status: 'open',
  ...differs,
});

export const anAttempt = (differs: Partial<Attempt> = {}): Attempt => ({
  id: 'remedy-1-0',
  incident: 'remedy-1',
  playbook: 'crashing',
  resource: 'service/shop',
  rung: 0,
  act: { kind: 'restart-rollout', service: 'shop' },
  at: at(2),
  shadow: false,
  ...differs,
});

/** `make` gives an empty store each time. */
export const describeIncidents = (name: string, make: () => Promise<{ port: Incidents }>): void => {
  describe(`Incidents: ${name}`, () => {
    test('an empty store knows nothing', async () => {
      const { port } = await make();
      expect(await port.find('remedy-1')).toBeUndefined();
      expect(await port.unended(10)).toEqual([]);
      expect(await port.attempts(at(0))).toEqual([]);
      expect(await port.changes('shop-errors', at(0))).toEqual([]);
      expect(await port.breaker('service/shop')).toBeUndefined();
    });

    test('the first that opens an incident is kept, and given to who comes later', async () => {
      const { port } = await make();
      expect(await port.open(anIncident())).toEqual(anIncident());
      expect(await port.open(anIncident({ openedAt: at(5), status: 'asking' }))).toEqual(anIncident());
      expect(await port.find('remedy-1')).toEqual(anIncident());
    });

    test('an incident changes until it ends, and keeps its end', async () => {
      const { port } = await make();
      await port.open(anIncident());
      await port.change('remedy-1', { status: 'asking' });
      await port.change('remedy-1', { status: 'resolved', reason: 'it helped', endedAt: at(9) });
      await port.change('remedy-1', { status: 'escalated', reason: 'too late', endedAt: at(10) });
      const ended = anIncident({ status: 'resolved', reason: 'it helped', endedAt: at(9) });
      expect(await port.find('remedy-1')).toEqual(ended);
      expect(await port.open(anIncident())).toEqual(ended);
    });

    test('a change of nothing changes nothing', async () => {
      const { port } = await make();
      await port.open(anIncident());
      await port.change('remedy-1', {});
      expect(await port.find('remedy-1')).toEqual(anIncident());
      await expect(port.change('remedy-9', {})).rejects.toEqual(failure('RecordCorrupt'));
    });

    test('of those that open one incident at once, one is the first, and all are given it', async () => {
      const { port } = await make();
      const all = await Promise.all([1, 2, 3, 4].map((minute) => port.open(anIncident({ openedAt: at(minute) }))));
      const kept = await port.find('remedy-1');
      expect(all).toEqual(all.map(() => kept));
      expect(await port.unended(10)).toEqual([kept]);
    });

    test('of two ends at once one stays whole, whatever else changes then', async () => {
      const { port } = await make();
      await port.open(anIncident());
      const ends = [
        { status: 'resolved', reason: 'it helped', endedAt: at(9) },
        { status: 'escalated', reason: 'too late', endedAt: at(10) },
      ] as const;
      await Promise.all([
        ...ends.map((end) => port.change('remedy-1', end)),
        port.change('remedy-1', { status: 'asking' }),
      ]);
      expect(ends.map((end) => anIncident(end))).toContainEqual(await port.find('remedy-1'));
      expect(await port.unended(10)).toEqual([]);
    });

    test('of two answers to one attempt at once, one stays whole', async () => {
      const { port } = await make();
      await port.attempt(anAttempt());
      const ends = [
        { did: 'restarted', help: 'helped', endedAt: at(8) },
        { did: 'restarted again', help: 'harmed', endedAt: at(9) },
      ] as const;
      await Promise.all(ends.map((end) => port.endAttempt('remedy-1-0', end)));
      const [kept] = await port.attempts(at(0));
      expect(ends.map((end) => anAttempt(end))).toContainEqual(kept);
    });

    test('what was never opened cannot change', async () => {
      const { port } = await make();
      await expect(port.change('remedy-9', { status: 'asking' })).rejects.toEqual(failure('RecordCorrupt'));
      await expect(port.endAttempt('remedy-9-0', { help: 'helped', endedAt: at(1) })).rejects.toEqual(
        failure('RecordCorrupt'),
      );
    });

    test('those that have not ended come oldest first, and no more than asked for', async () => {
      const { port } = await make();
      for (const minute of [3, 1, 2]) await port.open(anIncident({ id: `remedy-${minute}`, openedAt: at(minute) }));
      await port.change('remedy-2', { status: 'resolved', endedAt: at(9) });
      expect((await port.unended(10)).map(({ id }) => id)).toEqual(['remedy-1', 'remedy-3']);
      expect((await port.unended(1)).map(({ id }) => id)).toEqual(['remedy-1']);
    });

    test('the first that acknowledges it stays, also after its end, and changes nothing else', async () => {
      const { port } = await make();
      await port.open(anIncident());
      const end = { status: 'escalated', reason: 'no rung is left', endedAt: at(9) } as const;
      await port.change('remedy-1', end);
      const kept = anIncident({ ...end, acknowledgedBy: 'alice', acknowledgedAt: at(10) });
      expect(await port.acknowledge('remedy-1', 'alice', at(10))).toEqual(kept);
      expect(await port.acknowledge('remedy-1', 'bob', at(11))).toEqual(kept);
      expect(await port.find('remedy-1')).toEqual(kept);
      await expect(port.acknowledge('remedy-9', 'alice', at(10))).rejects.toEqual(failure('RecordCorrupt'));
    });

    test('those since a moment come newest first, whether or not they ended', async () => {
      const { port } = await make();
      for (const minute of [2, 4, 3]) await port.open(anIncident({ id: `remedy-${minute}`, openedAt: at(minute) }));
      await port.change('remedy-3', { status: 'resolved', endedAt: at(9) });
      expect((await port.recent(at(3))).map(({ id, status }) => `${id} ${status}`)).toEqual([
        'remedy-4 open',
        'remedy-3 resolved',
      ]);
    });

    test('those that ended take no place of those that have not', async () => {
      const { port } = await make();
      for (const minute of [1, 2, 3, 4, 5])
        await port.open(anIncident({ id: `remedy-${minute}`, openedAt: at(minute) }));
      for (const minute of [1, 2, 4]) await port.change(`remedy-${minute}`, { status: 'denied', endedAt: at(9) });
      expect((await port.unended(2)).map(({ id }) => id)).toEqual(['remedy-3', 'remedy-5']);
    });

    test('an attempt is kept once, and its first answer stays', async () => {
      const { port } = await make();
      expect(await port.attempt(anAttempt())).toEqual(anAttempt());
      expect(await port.attempt(anAttempt({ at: at(7) }))).toEqual(anAttempt());
      await port.endAttempt('remedy-1-0', { did: 'restarted', help: 'helped', endedAt: at(8) });
      await port.endAttempt('remedy-1-0', { help: 'harmed', endedAt: at(9) });
      const ended = anAttempt({ did: 'restarted', help: 'helped', endedAt: at(8) });
      expect(await port.attempts(at(0))).toEqual([ended]);
    });

    test('attempts since a moment, newest first', async () => {
      const { port } = await make();
      for (const minute of [2, 4, 3]) await port.attempt(anAttempt({ id: `remedy-${minute}-0`, at: at(minute) }));
      expect((await port.attempts(at(3))).map(({ id }) => id)).toEqual(['remedy-4-0', 'remedy-3-0']);
    });

    test('a change of an alarm is kept once, and those of others apart', async () => {
      const { port } = await make();
      const over = aChange({ state: 'over', at: at(6) });
      for (const change of [aChange(), aChange(), over, aChange({ name: 'other' })]) await port.keepChange(change);
      expect(await port.changes('shop-errors', at(0))).toEqual([over, aChange()]);
      expect(await port.changes('shop-errors', at(1))).toEqual([over]);
    });

    test('a breaker that is open stays as it is, until it is closed; then it opens anew', async () => {
      const { port } = await make();
      const first = { resource: 'service/shop', openedAt: at(1), reason: 'three attempts' };
      const second = { resource: 'service/shop', openedAt: at(2), reason: 'again' };
      await port.openBreaker(first);
      await port.openBreaker(second);
      expect(await port.breaker('service/shop')).toEqual(first);
      await port.closeBreaker('service/shop');
      await port.closeBreaker('service/other');
      expect(await port.breaker('service/shop')).toBeUndefined();
      await port.openBreaker(second);
      expect(await port.breaker('service/shop')).toEqual(second);
    });
  });
};
