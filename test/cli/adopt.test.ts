import { expect, test } from '@jest/globals';
import { aScenario, aVersion } from '../support/scenario.ts';
import { documents, evenkeel } from './support/host.ts';
import { modelPlane } from './support/model-plane.ts';

const [v1, v2] = [aVersion('1'), aVersion('2')];

/** It runs and has all traffic, and no record says so. */
const anUnknownShop = async () => {
  const { twin, given } = await aScenario();
  given.service('shop').running(v1).traffic(40);
  twin.world.records.live.delete('shop');
  given.image(v2);
  return { twin, plane: modelPlane(twin) };
};

test('what runs becomes the live release, and later ones have a way back', async () => {
  const shop = await anUnknownShop();
  const ended = await evenkeel(shop, 'adopt', 'shop', 'blue', v1.digest, '--request-id', 'first', '--json');
  expect(ended.code).toBe(0);
  expect(documents(ended)[0]).toMatchObject({ live: { releaseId: 'shop-first', slot: 'blue', digest: v1.digest } });
  expect(await evenkeel(shop, 'deploy', 'shop', v2.digest)).toMatchObject({ code: 0 });
});

test('the lease is given back', async () => {
  const shop = await anUnknownShop();
  await evenkeel(shop, 'adopt', 'shop', 'blue', v1.digest);
  expect([...shop.twin.world.leases.keys()]).toEqual([]);
});

test('all differences from what is observed are named at once, and nothing is recorded', async () => {
  const shop = await anUnknownShop();
  const { code, err } = await evenkeel(shop, 'adopt', 'shop', 'green', v2.digest);
  expect(code).toBe(1);
  expect(err).toContain('slot green runs nothing');
  expect(err).toContain('slot green has 0 of 0 pods ready');
  expect(err).toContain('slot green has 0 % of traffic');
  expect(shop.twin.world.records.live.get('shop')).toBeUndefined();
});

test('a service that has a live release is refused', async () => {
  const shop = await anUnknownShop();
  await evenkeel(shop, 'adopt', 'shop', 'blue', v1.digest);
  const { code, err } = await evenkeel(shop, 'adopt', 'shop', 'blue', v1.digest);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('already has the live release') });
});

test('a slot that does not exist is refused with those that do', async () => {
  const { code, err } = await evenkeel(await anUnknownShop(), 'adopt', 'shop', 'red', v1.digest);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('Allowed choices are blue, green') });
});
