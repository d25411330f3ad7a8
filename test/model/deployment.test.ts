import { describe, expect, test } from '@jest/globals';
import { modelCatalog, modelPolicy } from '../../twin/model/catalog.ts';
import { behaviours } from '../../twin/model/world/behaviour.ts';
import { aScenario, aVersion } from '../support/scenario.ts';

const [v1, v2, v3] = [aVersion('1'), aVersion('2'), aVersion('3')];
const allBlue = { blue: 100, green: 0 };
const allGreen = { blue: 0, green: 100 };

/** v1 runs in slot blue with forty requests per second. */
const aShop = async (options: Parameters<typeof aScenario>[0] = {}) => {
  const scenario = await aScenario(options);
  scenario.given.service('shop').running(v1).traffic(40);
  return scenario;
};

describe('a good release', () => {
  test('gets all traffic, and the old slot is emptied after the bake', async () => {
    const { when, ends } = await aShop();
    when.deployed(v2);
    const end = await ends();
    expect(end).toMatchObject({ status: 'promoted', live: v2.digest, weights: allGreen, wanted: { blue: 0 } });
    expect(end).toMatchObject({ leases: [], running: [], run: 'SUCCEEDED', deadLetters: [] });
    expect(end.messages.map(({ subject }) => subject)).toEqual(['shop: shop-r1 promoted']);
  });

  test('asked for three times is one release, one message and one chain of facts', async () => {
    const { when, ends, twin } = await aShop();
    when.deployed(v2, { times: 3 });
    const end = await ends();
    expect(end).toMatchObject({ status: 'promoted' });
    expect(end.messages).toHaveLength(1);
    expect(twin.world.ledger.get('shop')?.filter(({ kind }) => kind === 'planned')).toHaveLength(1);
  });

  test('keeps the live slot from shrinking while it has little traffic', async () => {
    const shift = [
      { weight: 90, holdSeconds: 300 },
      { weight: 100, holdSeconds: 10 },
    ];
    const { when, twin } = await aShop({ catalog: modelCatalog({ shift }) });
    const release = when.deployed(v2);
    await when.shiftReaches(release, 90);
    await when.secondsPass(200);
    expect(twin.world.services.get('shop').state('blue')).toMatchObject({ wanted: 4, floor: 4 });
  });

  test('may shrink to the floor of the service when the bake is over', async () => {
    const { when, ends, twin } = await aShop();
    when.deployed(v2);
    await ends();
    twin.world.services.get('shop').setUsers(1);
    await when.secondsPass(120);
    expect(twin.world.services.get('shop').state('green')).toMatchObject({ wanted: 2, floor: 2 });
  });
});

describe('a release that is bad for users', () => {
  test.each([0.05, 0.2, 1])('with an error rate of %d is undone, and the time to safe is on record', async (rate) => {
    const { when, ends } = await aShop();
    when.deployed(aVersion('b', behaviours.failing(rate)));
    const end = await ends();
    expect(end).toMatchObject({
      status: 'undone',
      live: v1.digest,
      weights: allBlue,
      wanted: { green: 0 },
      leases: [],
    });
    expect(end.reason).toMatch(/^ReleaseUnhealthy/);
    expect(end.timeToSafeMs).toBeGreaterThan(0);
    expect(end.timeToSafeMs).toBeLessThan(30_000);
  });

  test('because it is slow is undone too', async () => {
    const policy = { smoke: { ...modelPolicy.smoke, maxP95Ms: 60_000 } };
    const { when, ends } = await aShop({ catalog: modelCatalog(policy) });
    when.deployed(aVersion('b', behaviours.slow(3000)));
    expect(await ends()).toMatchObject({ status: 'undone', weights: allBlue });
  });

  test('never comes back: neither under the same name nor under another', async () => {
    const { when, ends, twin } = await aShop();
    const bad = aVersion('b', behaviours.failing(0.2));
    when.deployed(bad);
    await ends();
    const writes = twin.world.changes.list.length;
    const again = when.deployed(bad, { requestId: 'r2' });
    expect(await ends(again)).toMatchObject({ status: 'rejected', reason: expect.stringContaining('found bad') });
    expect(twin.world.changes.list).toHaveLength(writes);
  });
});

describe('a fault that both slots share', () => {
  test.each([0.03, 0.3])('is not blamed on the new version: %d', async (rate) => {
    const { when, ends, twin } = await aShop();
    const release = when.deployed(v2);
    await when.shiftReaches(release, 10);
    twin.world.services.get('shop').setSharedErrorRate(rate);
    await ends();
    expect([...twin.world.records.bad.keys()]).toEqual([]);
  });
});

describe('a release that cannot take traffic', () => {
  test.each([
    ['crashes', behaviours.crashLoop, 'RolloutFailed'],
    ['fails its smoke test', behaviours.failingProbes(0.5), 'SmokeTestFailed'],
  ])('because it %s is rejected before any user sees it', async (_, behaviour, error) => {
    const { when, ends, twin } = await aShop();
    when.deployed(aVersion('b', behaviour));
    const end = await ends();
    expect(end).toMatchObject({
      status: 'rejected',
      weights: allBlue,
      live: v1.digest,
      wanted: { green: 0 },
      leases: [],
    });
    expect(end.reason).toContain(error);
    const shifts = twin.world.changes.list.filter(({ resource }) => resource === 'traffic/shop');
    expect(shifts.every(({ value }) => JSON.stringify(value) === JSON.stringify(allBlue))).toBe(true);
  });
});

describe('a release that may not begin', () => {
  test('because its service is unknown ends as rejected, and somebody is told', async () => {
    const { when, ends, twin } = await aShop();
    twin.publish({
      source: 'evenkeel',
      type: 'DeployRequested',
      detail: { service: 'shoe', digest: v2.digest, requestedBy: 'ci', requestId: 'r1' },
    });
    await when.secondsPass(1);
    const end = await ends('shoe-r1');
    expect(end).toMatchObject({ run: 'SUCCEEDED', weights: allBlue });
    expect(end.messages.map(({ subject }) => subject)).toEqual(['shoe: shoe-r1 rejected']);
    expect(end.messages[0]?.body).toContain('known services: shop');
  });

  test.each([
    ['its scan is pending', { status: 'pending' }],
    ['its scan found critical problems', { status: 'complete', critical: 1, high: 0 }],
  ] as const)('because %s touches nothing', async (_, scan) => {
    const { given, when, ends, twin } = await aShop();
    when.deployed(v2);
    given.image(v2, scan);
    const end = await ends();
    expect(end).toMatchObject({ status: 'rejected', reason: expect.stringContaining('GatesNotPassed') });
    expect(twin.world.changes.list).toEqual([]);
  });

  test('because an alarm cannot tell touches nothing', async () => {
    const { when, ends, twin } = await aShop();
    twin.world.alarms.set('shop-errors', { name: 'shop-errors', state: 'insufficient-data', acts: true });
    when.deployed(v2);
    expect(await ends()).toMatchObject({ status: 'rejected', reason: expect.stringContaining('GatesNotPassed') });
    expect(twin.world.changes.list).toEqual([]);
  });

  test('because another one runs is rejected, and the other goes on untouched', async () => {
    const { when, ends } = await aShop();
    const first = when.deployed(v2);
    await when.statusIs(first, 'shifting');
    const second = when.deployed(v3, { requestId: 'r2' });
    const end = await ends(second);
    expect(end).toMatchObject({ status: 'rejected', reason: expect.stringContaining('ReleaseAlreadyRunning') });
    expect(await ends(first)).toMatchObject({ status: 'promoted', live: v2.digest, weights: allGreen, leases: [] });
  });

  test('that nobody could plan does not read is set aside as a dead letter', async () => {
    const { when, ends, twin } = await aShop();
    twin.publish({ source: 'evenkeel', type: 'DeployRequested', detail: { service: 'shop', digest: 'latest' } });
    await when.secondsPass(1);
    const { deadLetters } = await ends();
    expect(deadLetters).toMatchObject([
      { function: 'triggerDeployRequested', outcome: { errorType: 'EventUnrecognised' } },
    ]);
    expect(twin.world.ledger.get('evenkeel')?.map(({ kind }) => kind)).toEqual(['event-unrecognised']);
  });
});

test('a lease that was left behind by a release that has ended keeps nobody out', async () => {
  const { when, ends, twin } = await aShop();
  const first = when.deployed(v2);
  await ends(first);
  const now = twin.world.ports.clock.now();
  await twin.world.ports.leases.take('service/shop', first, '2026-05-02T10:00:00.000Z', now);
  expect(await ends(when.deployed(v3, { requestId: 'r2' }))).toMatchObject({
    status: 'promoted',
    live: v3.digest,
    leases: [],
  });
});
