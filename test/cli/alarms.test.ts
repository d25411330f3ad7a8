import { expect, test } from '@jest/globals';
import { modelRemediation } from '../../twin/model/remediation-section.ts';
import { aFact } from '../contracts/good.ts';
import { anIncident } from '../contracts/incidents.contract.ts';
import { documents, evenkeel } from './support/host.ts';
import { aShop } from './support/shop.ts';

const [early, late] = ['2026-05-01T09:50:00.000Z', '2026-05-01T09:55:00.000Z'];
const until = '2026-05-01T10:05:00.000Z';

/** One that goes on, one that asks, one that was given to people, and one that is over. */
const withAlarms = async () => {
  const shop = await aShop();
  const { catalog, ports } = shop.twin.world;
  catalog.remediation = modelRemediation;
  const { incidents, ledger } = ports;
  await incidents.open(anIncident({ id: 'remedy-open', openedAt: early }));
  await incidents.open(anIncident({ id: 'remedy-asks', openedAt: early, status: 'asking' }));
  for (const id of ['remedy-given', 'remedy-over']) await incidents.open(anIncident({ id, openedAt: late }));
  await incidents.change('remedy-given', { status: 'escalated', reason: 'no rung is left', endedAt: late });
  await incidents.change('remedy-over', { status: 'resolved', reason: 'it helped', endedAt: late });
  const [asked, called] = ['remedy-asks', 'remedy-given'];
  await ledger.append(aFact({ key: 'asked', kind: 'approval-asked', data: { incident: asked, rung: 0, until } }));
  await ledger.append(
    aFact({
      key: 'called',
      kind: 'called',
      data: { incident: called, step: 0, person: 'alice', rota: 'platform', until },
    }),
  );
  return shop;
};

test('alarms lists what needs people, those that nobody took first, and says so', async () => {
  const { plane } = await withAlarms();
  const ended = await evenkeel({ plane }, 'alarms', '--json');
  expect(ended.code).toBe(1);
  expect(documents(ended)).toMatchObject([
    {
      alarms: [
        { incident: 'remedy-given', status: 'escalated', called: ['alice'], until, reason: 'no rung is left' },
        { incident: 'remedy-asks', status: 'asking', called: ['alice', 'bob', 'carol'], until },
        { incident: 'remedy-open', status: 'open', called: [], until: null },
      ],
    },
  ]);
});

test('a person reads the same as a table', async () => {
  const { plane } = await withAlarms();
  const { out } = await evenkeel({ plane }, 'alarms');
  expect(out).toMatch(/INCIDENT +STATUS +ALARM +RESOURCE +SINCE +CALLED +UNTIL +TAKEN BY/);
  expect(out).toMatch(/remedy-given +escalated +shop-errors +service\/shop +\S+ +alice +\S+ +nobody/);
});

test('acknowledge takes one, as who asks for it, and then nobody waits', async () => {
  const { plane, twin } = await withAlarms();
  const taken = await evenkeel({ plane }, 'acknowledge', 'remedy-given', '--as', 'bob', '--json');
  expect(documents(taken)).toEqual([{ type: 'acknowledged', incident: 'remedy-given', acknowledgedBy: 'bob' }]);
  expect(twin.heard.map(({ type }) => type)).toContain('AlarmAcknowledged');
  const ended = await evenkeel({ plane }, 'alarms', '--json');
  expect(ended.code).toBe(0);
  expect(documents(ended)).toMatchObject([
    {
      alarms: [
        { incident: 'remedy-asks' },
        { incident: 'remedy-open' },
        { incident: 'remedy-given', acknowledgedBy: 'bob' },
      ],
    },
  ]);
});

test('without any it says so', async () => {
  const { plane } = await aShop();
  const ended = await evenkeel({ plane }, 'alarms');
  expect([ended.code, ended.out]).toEqual([0, expect.stringContaining('no alarm needs anybody')]);
});

test('what is not the id of an incident is refused by name', async () => {
  const { plane } = await aShop();
  const ended = await evenkeel({ plane }, 'acknowledge', 'shop-r1');
  expect(ended.code).not.toBe(0);
  expect(ended.err).toMatch(/incident: expected the id of an incident/);
});
