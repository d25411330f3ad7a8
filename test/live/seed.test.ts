import { expect, test } from '@jest/globals';
import { pushSamples, seedService, worldStatus } from '../../twin/live/index.ts';
import { send } from '../../twin/live/process/http.ts';
import { inWorld } from './support/world.ts';

const shop = { name: 'shop', floor: 2 };

test('a service gets its first release, once, with all traffic and its floor', async () => {
  await inWorld({ services: ['shop'], database: true }, async (world) => {
    const samples = await pushSamples(world.folder, 'shop');
    await seedService(world.ports, shop, samples['good-1']);
    await seedService(world.ports, shop, samples['good-2']);
    const digest = samples['good-1'];
    expect(await world.ports.releases.live('shop')).toMatchObject({ slot: 'blue', digest });
    expect(await world.ports.releases.recent('shop', 10)).toMatchObject([{ status: 'promoted', digest }]);
    expect(await world.ports.leases.current('service/shop')).toBeUndefined();
    const [status] = (await worldStatus(world.folder)).services;
    expect(status).toMatchObject({
      weights: { blue: 100, green: 0 },
      slots: { blue: { digest, ready: 2, floor: 2 }, green: { wanted: 0 } },
    });
    const answer = await send({ port: Number(new URL(status?.address ?? '').port), path: '/items', timeoutMs: 5000 });
    expect(JSON.parse(answer.body).items[0]).toEqual({ id: 1, name: 'keel' });
  });
}, 30_000);
