import type { Snapshot, SnapshotId } from '../../../lib/contracts/database.ts';
import { InstanceNotFound, NotOurs, SnapshotNotFound } from '../../../lib/contracts/failures.ts';
import { type Instant, toMs } from '../../../lib/contracts/instant.ts';
import type { Databases } from '../../../lib/ports/databases.ts';
import { databaseAddress } from '../postgres/content.ts';
import { assertRoom } from './files.ts';
import { onProduction, production } from './production.ts';
import { endWorker, ensureWorker } from './workers.ts';
import { madeOf, type Work, type Kind as WorkKind, type Works } from './works.ts';

const gib = 2 ** 30;
type Kind = 'snapshot' | 'copy';
type SnapshotPort = Pick<
  Databases,
  'findSnapshot' | 'snapshots' | 'takeSnapshot' | 'copySnapshot' | 'findCopy' | 'removeSnapshot'
>;

const snapshotOf = ({ id, body, result }: Work<Kind>): Snapshot => {
  const made = result && 'made' in result ? result.made : undefined;
  return {
    id,
    of: body.of,
    status: made ? 'available' : result ? 'failed' : 'creating',
    ...(made && { takenAt: made.takenAt }),
    storageGib: made ? made.bytes / gib : 0,
    encrypted: true,
    engineVersion: made?.engineVersion ?? 'unknown',
    ...(body.backup !== undefined && { backup: body.backup }),
  };
};

/** What is being removed is gone already for whoever looks; its removal goes on. */
const look = async (stateDir: string, works: Works, kind: Kind, id: SnapshotId): Promise<Snapshot | undefined> => {
  const work = works.find(kind, id);
  if (!work) return undefined;
  if (work.wanted === 'absent' || !work.result) await ensureWorker(stateDir, kind, id);
  return work.wanted === 'present' ? snapshotOf(work) : undefined;
};

const byContent = (a: Snapshot, b: Snapshot): number => msOf(a.takenAt) - msOf(b.takenAt);
const msOf = (takenAt: Instant | undefined): number =>
  takenAt === undefined ? Number.MAX_SAFE_INTEGER : toMs(takenAt);

export const snapshotPort = (stateDir: string, works: Works, now: () => Instant): SnapshotPort => ({
  findSnapshot: (id) => look(stateDir, works, 'snapshot', id),
  findCopy: (id) => look(stateDir, works, 'copy', id),
  async snapshots(of) {
    const ids = works
      .all('snapshot')
      .filter(({ body }) => body.of === of)
      .map(({ id }) => id);
    const found = await Promise.all(ids.map((id) => look(stateDir, works, 'snapshot', id)));
    return found.filter((snapshot) => snapshot !== undefined).sort(byContent);
  },
  takeSnapshot: (of, id, backup) => beginSnapshot(stateDir, works, id, { of, backup, begunAt: now() }),
  async copySnapshot(id) {
    const snapshot = works.find('snapshot', id);
    const made = madeOf(snapshot);
    if (!snapshot || !made) throw new SnapshotNotFound(`snapshot "${id}" is not there, or is not whole`, { id });
    await assertRoom(stateDir, made.bytes);
    works.begin('copy', id, { ...snapshot.body, begunAt: now() });
    await ensureUnended(stateDir, works, 'copy', id);
  },
  async removeSnapshot(id) {
    const found = works.find('snapshot', id) ?? works.find('copy', id);
    if (found && found.body.backup === undefined)
      throw new NotOurs(`snapshot "${id}" belongs to no backup`, { snapshot: id });
    for (const kind of ['copy', 'snapshot'] as const) {
      if (works.find(kind, id)) await beginRemoval(stateDir, works, kind, id);
    }
  },
});

/** Errors: `InstanceNotFound`, `DatabaseBusy`, `StorageFull`. */
export const beginSnapshot = async (
  stateDir: string,
  works: Works,
  id: SnapshotId,
  body: Work<'snapshot'>['body'],
): Promise<void> => {
  if (!works.find('snapshot', id)) {
    await assertThere(stateDir, body.of);
    await assertRoom(stateDir, await productionBytes(stateDir));
    works.begin('snapshot', id, body);
  }
  await ensureUnended(stateDir, works, 'snapshot', id);
};

const assertThere = async (stateDir: string, of: string): Promise<void> => {
  if (of === production && (await databaseAddress(stateDir).catch(() => undefined))) return;
  throw new InstanceNotFound(`instance "${of}" is not there; there is "${production}"`, { instance: of });
};

const productionBytes = (stateDir: string): Promise<number> =>
  onProduction(stateDir, async (client) => {
    const { rows } = await client.query('SELECT sum(pg_database_size(oid))::float8 AS bytes FROM pg_database');
    return rows[0].bytes;
  });

const ensureUnended = async (stateDir: string, works: Works, kind: Kind, id: SnapshotId): Promise<void> => {
  if (!works.find(kind, id)?.result) await ensureWorker(stateDir, kind, id);
};

export const beginRemoval = async (stateDir: string, works: Works, kind: WorkKind, id: string): Promise<void> => {
  works.unwant(kind, id);
  await endWorker(stateDir, kind, id);
  await ensureWorker(stateDir, kind, id);
};
