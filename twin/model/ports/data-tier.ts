import type { InstanceId } from '../../../lib/contracts/database.ts';
import { ActionImpossible, InstanceNotFound } from '../../../lib/contracts/failures.ts';
import { toMs } from '../../../lib/contracts/instant.ts';
import { extendedGib } from '../../../lib/domain/remediation/extended-storage.ts';
import type { Caches, DatabaseOperations, Growth, Sessions } from '../../../lib/ports/data-tier.ts';
import type { Changes } from '../changes.ts';
import type { Blocking, DataTier, ModelServer } from '../world/data-tier.ts';
import { Fence } from './fence.ts';

const serverIn = ({ servers }: DataTier, id: InstanceId): ModelServer => {
  const server = servers.get(id);
  if (!server) throw new InstanceNotFound(`instance: "${id}" does not exist`, { instance: id });
  return server;
};

export const modelDatabaseOperations = (tier: DataTier, changes: Changes, now: () => number): DatabaseOperations => {
  const fence = new Fence();
  const write = (id: InstanceId, token: number, value: unknown, change: () => void) => {
    change();
    changes.add({ resource: `database/${id}`, token, value });
  };
  return {
    async restart(id, how, since, token) {
      const server = serverIn(tier, id);
      if (how === 'to-standby' && !server.standby)
        throw new ActionImpossible(`instance: "${id}" has no standby to fail over to`, { instance: id });
      fence.admit(id, `database/${id}`, token);
      if (server.restartedMs !== undefined && server.restartedMs >= toMs(since)) return;
      write(id, token, { restarted: how, since }, () => {
        server.restartedMs = now();
      });
    },
    async extendStorage(id, growth, token) {
      const server = serverIn(tier, id);
      const known = server.growth?.stamp === growth.stamp ? server.growth : undefined;
      const { fromGib, toGib } = known ?? planned(id, server.storageGib, growth);
      fence.admit(id, `database/${id}`, token);
      if (!known)
        write(id, token, { storageGib: toGib, stamp: growth.stamp }, () => {
          server.growth = { stamp: growth.stamp, fromGib, toGib };
          server.storageGib = toGib;
        });
      return { fromGib, toGib };
    },
    async promote(id, token) {
      const server = serverIn(tier, id);
      const { follows } = server;
      if (follows !== undefined && !serverIn(tier, follows).failed)
        throw new ActionImpossible(`instance: "${id}" follows "${follows}", which takes writes`, { instance: id });
      fence.admit(id, `database/${id}`, token);
      if (follows === undefined) return;
      write(id, token, { promoted: true }, () => {
        server.follows = undefined;
      });
    },
  };
};

const planned = (id: InstanceId, fromGib: number, growth: Growth) => {
  const toGib = extendedGib(fromGib, growth);
  if (toGib !== undefined) return { fromGib, toGib };
  throw new ActionImpossible(`instance: "${id}" has ${fromGib} GiB, and may have ${growth.atMostGib} at most`, {
    instance: id,
  });
};

/** Who waits behind one that was ended waits no more. */
const without = (blocking: readonly Blocking[], ended: readonly string[]): Blocking[] =>
  blocking
    .filter(({ name }) => !ended.includes(name))
    .map(({ behind, ...rest }) => (behind === undefined || ended.includes(behind) ? rest : { ...rest, behind }));

export const modelSessions = (tier: DataTier, changes: Changes): Sessions => ({
  async endBlocking(id, waitedSeconds) {
    const server = serverIn(tier, id);
    const ended = server.blocking
      .filter((one) => one.waitedSeconds > waitedSeconds && one.behind === undefined)
      .map(({ name }) => name);
    server.blocking = without(server.blocking, ended);
    if (ended.length > 0) changes.add({ resource: `sessions/${id}`, token: 0, value: { ended } });
    return ended.length;
  },
});

export const modelCaches = ({ caches }: DataTier, changes: Changes, now: () => number): Caches => {
  const fence = new Fence();
  return {
    async failOver(id, since, token) {
      const before = caches.get(id);
      if (before === undefined) throw new ActionImpossible(`cache: there is no "${id}"`, { cache: id });
      fence.admit(id, `cache/${id}`, token);
      if (before >= toMs(since)) return;
      caches.set(id, now());
      changes.add({ resource: `cache/${id}`, token, value: { failedOver: true, since } });
    },
  };
};
