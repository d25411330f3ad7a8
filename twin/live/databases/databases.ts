import { InstanceNotFound, NotOurs, PointNotRestorable } from '../../../lib/contracts/failures.ts';
import type { Instant } from '../../../lib/contracts/instant.ts';
import type { Databases, Restore } from '../../../lib/ports/databases.ts';
import { baseFor } from './base.ts';
import { assertEngine } from './engine.ts';
import { assertRoom } from './files.ts';
import { drillInstance, productionInstance, restorableSpan } from './instances.ts';
import { production } from './production.ts';
import { beginRemoval, snapshotPort } from './snapshots.ts';
import { standby } from './standby.ts';
import { standbyInstance } from './standby-instance.ts';
import { ensureWorker } from './workers.ts';
import type { Works } from './works.ts';

/**
 * The port over real PostgreSQL servers of this machine. Its work is done by processes of its own, so that it outlives
 * whoever asked for it.
 */
export const liveDatabases = (stateDir: string, works: Works, now: () => Instant): Databases => ({
  ...snapshotPort(stateDir, works, now),
  async find(id) {
    if (id === production) return productionInstance(stateDir, works);
    if (id === standby) return standbyInstance(stateDir, works);
    const work = works.find('drill', id);
    return work && drillInstance(stateDir, work);
  },
  drills: () => Promise.all(works.all('drill').map((work) => drillInstance(stateDir, work))),
  async restore(restore) {
    if (!works.find('drill', restore.as)) await begin(stateDir, works, restore, now());
    if (!works.find('drill', restore.as)?.result) await ensureWorker(stateDir, 'drill', restore.as);
  },
  async remove(id) {
    if (id === production || id === standby)
      throw new NotOurs(`instance "${id}" bears no drill's mark`, { instance: id });
    if (works.find('drill', id)) await beginRemoval(stateDir, works, 'drill', id);
  },
});

/** Everything that can be refused is refused before anything is made. */
const begin = async (stateDir: string, works: Works, restore: Restore, createdAt: Instant): Promise<void> => {
  const { as, source, sizeClass, mark, damage } = restore;
  const body = { source, sizeClass, mark, createdAt, ...(damage && { damage }) };
  if (source.kind === 'point-in-time') await assertInSpan(stateDir, works, source.of, source.at);
  const base = baseFor(stateDir, works, body);
  await assertEngine(base.engineVersion);
  await assertRoom(stateDir, base.bytes);
  works.begin('drill', as, body);
};

const assertInSpan = async (stateDir: string, works: Works, of: string, at: Instant): Promise<void> => {
  if (of !== production) throw new InstanceNotFound(`instance "${of}" keeps no log here`, { instance: of });
  const span = await restorableSpan(stateDir, works);
  if (span && at >= span.from && at <= span.to) return;
  const allowed = span ? `${span.from} to ${span.to}` : 'nothing yet: there is no snapshot';
  throw new PointNotRestorable(`${at}: the log of "${of}" can restore ${allowed}`, { at, ...span });
};
