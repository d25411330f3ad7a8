import { expect, test } from '@jest/globals';
import { fromMs } from '../../lib/contracts/instant.ts';
import { modelCatalog } from '../../twin/model/catalog.ts';
import { Changes } from '../../twin/model/changes.ts';
import { modelCaches, modelDatabaseOperations, modelSessions } from '../../twin/model/ports/data-tier.ts';
import { DataTier } from '../../twin/model/world/data-tier.ts';
import {
  describeCaches,
  describePromotion,
  describeRestarts,
  describeSessions,
  describeStorage,
} from '../contracts/data-tier.contract.ts';
import { failure } from '../contracts/good.ts';

const nowMs = Date.parse('2026-05-01T10:00:00.000Z');
const now = () => fromMs(nowMs);
const [server, replica, cache] = ['shop-db', 'shop-db-second', 'shop-cache'];

const aTier = () => {
  const tier = new DataTier(modelCatalog().databases);
  const changes = new Changes(() => nowMs);
  const port = modelDatabaseOperations(tier, changes, () => nowMs);
  const known = tier.servers.get(server);
  if (!known) throw new Error(`the model has no ${server}`);
  return { tier, changes, port, server, replica, known, now };
};
const copyOf = (tier: DataTier) => tier.servers.get(replica)?.follows !== undefined;
const count = (changes: Changes, resource: string) => changes.list.filter((one) => one.resource === resource).length;

describeRestarts('model', async () => {
  const { changes, ...world } = aTier();
  return { ...world, started: async () => count(changes, `database/${server}`) };
});
describeStorage('model', async () => {
  const world = aTier();
  return { ...world, gib: async () => world.known.storageGib };
});
describePromotion('model', async () => {
  const world = aTier();
  const lose = async () => {
    world.known.failed = true;
  };
  return { ...world, follows: async () => copyOf(world.tier), lose };
});
describeSessions('model', async () => {
  const { tier, changes, known } = aTier();
  const first = { name: 'first', waitedSeconds: 9 };
  const second = { name: 'second', waitedSeconds: 8, behind: 'first' };
  const names = ['first', 'second', 'third'];
  const ended = () => JSON.stringify(changes.list);
  return {
    port: modelSessions(tier, changes),
    server,
    async queue() {
      known.blocking = [first, second];
    },
    connected: async () => names.filter((name) => !ended().includes(name)),
  };
});
describeCaches('model', async () => {
  const { tier, changes } = aTier();
  tier.caches.set(cache, 0);
  const port = modelCaches(tier, changes, () => nowMs);
  return { port, cache, now, failovers: async () => count(changes, `cache/${cache}`) };
});

test('a server in one zone alone cannot be failed over', async () => {
  const { port, known, changes } = aTier();
  known.standby = false;
  await expect(port.restart(server, 'to-standby', now(), 1)).rejects.toEqual(failure('ActionImpossible'));
  expect(changes.list).toEqual([]);
});
