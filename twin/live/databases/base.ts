import { PointNotRestorable, SnapshotNotFound } from '../../../lib/contracts/failures.ts';
import { type Instant, toMs } from '../../../lib/contracts/instant.ts';
import { paths } from '../process/paths.ts';
import { madeOf, type Taken, type Work, type Works } from './works.ts';

/** What a restore begins from: a whole snapshot, and where it lies. */
export type Base = Taken & { id: string; folder: string };

/** The whole snapshots of an instance, oldest content first. */
export const basesOf = (stateDir: string, works: Works, of: string): Base[] =>
  works
    .all('snapshot')
    .filter(({ body }) => body.of === of)
    .flatMap((work) => {
      const made = madeOf(work);
      return made ? [{ ...made, id: work.id, folder: paths.snapshot(stateDir, work.id) }] : [];
    })
    .sort((a, b) => toMs(a.takenAt) - toMs(b.takenAt));

/** Errors: `SnapshotNotFound`, `PointNotRestorable`. */
export const baseFor = (stateDir: string, works: Works, { source, damage }: Work<'drill'>['body']): Base => {
  const bases = basesOf(stateDir, works, source.of);
  const [oldest] = bases;
  if (damage === 'stale' && oldest) return oldest;
  return source.kind === 'snapshot' ? named(bases, source.snapshot) : before(bases, source.at);
};

const named = (bases: readonly Base[], snapshot: string): Base => {
  const found = bases.find(({ id }) => id === snapshot);
  if (found) return found;
  throw new SnapshotNotFound(`snapshot "${snapshot}" is not there, or is not whole`, { snapshot });
};

const before = (bases: readonly Base[], at: Instant): Base => {
  const found = bases.filter(({ takenAt }) => toMs(takenAt) <= toMs(at)).at(-1);
  if (found) return found;
  throw new PointNotRestorable(`${at}: no snapshot is as old as that`, { at });
};
