import { describe, expect, test } from '@jest/globals';
import { aScenario, aVersion } from '../support/scenario.ts';

const [v1, v2, v3] = [aVersion('1'), aVersion('2'), aVersion('3')];
const allBlue = { blue: 100, green: 0 };
const back = { status: 'undone', live: v1.digest, weights: allBlue, wanted: { green: 0 }, leases: [], running: [] };

/** v1 runs in slot blue, and half of the traffic has gone to v2. */
const halfWay = async () => {
  const scenario = await aScenario();
  scenario.given.service('shop').running(v1).traffic(40);
  const release = scenario.when.deployed(v2);
  await scenario.when.shiftReaches(release, 50);
  return { ...scenario, release };
};

describe('in the middle of a shift', () => {
  test('a person brings the last good release back', async () => {
    const { when, ends } = await halfWay();
    when.rolledBack({ reason: 'customers complain' });
    const end = await ends();
    expect(end).toMatchObject({ ...back, reason: 'alice asked: customers complain' });
    expect(end.messages.map(({ subject }) => subject).sort()).toEqual([
      'shop: rollback-shop-b1 undone',
      'shop: shop-r1 undone',
    ]);
  });

  test('an alarm that fires undoes the release, and condemns nothing by itself', async () => {
    const { when, ends, twin } = await halfWay();
    when.alarmFires('shop-errors');
    expect(await ends()).toMatchObject({ ...back, reason: expect.stringContaining('AlarmRaised') });
    expect([...twin.world.records.bad.keys()]).toEqual([]);
  });

  test('an alarm that guards another service changes nothing', async () => {
    const { when, ends } = await halfWay();
    when.alarmFires('billing-errors');
    expect(await ends()).toMatchObject({ status: 'promoted' });
  });

  test('a watcher that dies is missed, and the release is undone', async () => {
    const { when, ends, release } = await halfWay();
    await when.watcherDies(release);
    expect(await ends()).toMatchObject({ ...back, reason: expect.stringMatching(/Heartbeat|Timeout/) });
  });

  test('a run that somebody stops is undone by another', async () => {
    const { when, ends, release } = await halfWay();
    await when.stopped(release);
    expect(await ends()).toMatchObject({ ...back, run: 'ABORTED', undo: 'SUCCEEDED' });
  });

  test('a run that somebody stops while it undoes is still brought back', async () => {
    const { when, ends, release, twin } = await halfWay();
    twin.world.services.get('shop').setUsers(40);
    await when.watcherDies(release);
    await when.runStarts('undo-shop-r1');
    await when.stopped(release);
    expect(await ends()).toMatchObject({ ...back, run: 'ABORTED', undo: 'ABORTED' });
  });

  test('everybody at once is one undo', async () => {
    const { when, ends, release } = await halfWay();
    when.alarmFires('shop-errors');
    await when.stopped(release);
    await when.watcherDies(release);
    const end = await ends();
    expect(end).toMatchObject(back);
    expect(end.messages).toHaveLength(1);
  });
});

describe('after a release', () => {
  test('a person brings the one before back, into the empty slot, filled first', async () => {
    const scenario = await aScenario();
    scenario.given.service('shop').running(v1).traffic(40);
    const release = scenario.when.deployed(v2);
    await scenario.ends(release);
    scenario.when.rolledBack();
    const end = await scenario.ends(release);
    expect(end).toMatchObject({ live: v1.digest, weights: allBlue, wanted: { green: 0 }, leases: [] });
    expect(end.messages.map(({ subject }) => subject)).toContain('shop: rollback-shop-b1 undone');
  });

  test('nobody goes back to a version that was found bad', async () => {
    const scenario = await aScenario();
    scenario.given.service('shop').running(v1).traffic(40);
    await scenario.ends(scenario.when.deployed(v2));
    await scenario.ends(scenario.when.deployed(v3, { requestId: 'r2' }));
    await scenario.twin.world.ports.releases.markBad('shop', v2.digest, 'leaks memory');
    scenario.when.rolledBack();
    expect(await scenario.ends()).toMatchObject({ live: v1.digest });
  });

  test('where there is nothing to go back to, the rollback says so and touches nothing', async () => {
    const scenario = await aScenario();
    scenario.given.service('shop').running(v1).traffic(40);
    scenario.when.rolledBack();
    const end = await scenario.ends();
    expect(scenario.twin.world.changes.list).toEqual([]);
    expect(end.messages.map(({ body }) => body).join()).toContain('NoSafeTarget');
  });
});
