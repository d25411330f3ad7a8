import type { Catalog } from '../../../lib/contracts/catalog.ts';
import type { Contents } from '../../../lib/ports/contents.ts';
import type { Databases } from '../../../lib/ports/databases.ts';
import type { Changes } from '../changes.ts';
import { seededRandom } from '../random.ts';
import { Names } from './names.ts';
import { modelDns, modelHeartbeats, modelWitnesses, modelWriters } from './ports.ts';
import { Region } from './region.ts';
import { withReplicaContents, withReplicas } from './servers.ts';

interface Surroundings {
  readonly catalog: Catalog;
  readonly seed: number;
  readonly now: () => number;
  readonly changes: Changes;
  readonly databases: Databases;
  readonly contents: Contents;
}

export type ModelFailover = ReturnType<typeof modelFailover>;

/** The second regions of all databases of a catalog that have one: names, replicas, and who takes writes. */
export const modelFailover = ({ catalog, seed, now, changes, databases, contents }: Surroundings) => {
  const regions = new Map<string, Region>();
  const names = new Names(now);
  for (const database of catalog.databases.filter(({ failover }) => failover)) {
    const region = new Region(database, now);
    regions.set(database.name, region);
    const { records = [], drillRecord = '' } = database.failover ?? {};
    for (const record of [...records, drillRecord]) names.add(record, region);
  }
  const all = [...regions.values()];
  const servers = withReplicas(databases, all);
  return {
    regions,
    names,
    ports: {
      contents: withReplicaContents(contents, all),
      databases: servers,
      dns: modelDns(names, changes, seededRandom(seed + 1000)),
      heartbeats: modelHeartbeats(regions, catalog),
      witnesses: modelWitnesses(regions),
      writers: modelWriters(regions, servers, changes),
    },
  };
};
