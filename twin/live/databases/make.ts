import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportKind } from '../../../lib/contracts/export.ts';
import { SnapshotNotFound } from '../../../lib/contracts/failures.ts';
import { makeExport, unmakeExport } from '../exports/make-export.ts';
import { paths } from '../process/paths.ts';
import { basesOf } from './base.ts';
import { copyFolder, makePlace } from './files.ts';
import { fullIsNamed } from './full.ts';
import { makeStandby, startStandby } from './make-standby.ts';
import { restoreCopy } from './restore.ts';
import { dropSegmentsBefore } from './segments.ts';
import { endServers, serverPid, startServer } from './server.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { type Kind, madeOf, type Taken, type Work, type Works } from './works.ts';

type Place = { stateDir: string; works: Works };
type Maker<K extends Kind> = {
  make(place: Place, work: Work<K>): Promise<NonNullable<Extract<Work<K>['result'], { made: unknown }>>['made']>;
  /** Anything that must run for it to be there. */
  keep(place: Place, work: Work<K>): Promise<void>;
  unmake(place: Place, work: Work<K>): Promise<void>;
};

const remove = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
const removeBoth = async (folder: string): Promise<void> => {
  await remove(`${folder}.draft`);
  await remove(folder);
};

const copyToSecondRegion = async ({ stateDir, works }: Place, id: string): Promise<Taken> => {
  const made = madeOf(works.find('snapshot', id));
  if (!made) throw new SnapshotNotFound(`snapshot "${id}" is not there, or is not whole`, { id });
  const place = paths.snapshotCopy(stateDir, id);
  await removeBoth(place);
  await makePlace(`${place}.draft`);
  await copyFolder(paths.snapshot(stateDir, id), `${place}.draft`);
  await rename(`${place}.draft`, place);
  return made;
};

/** The log that only the removed snapshot needed goes with it. */
const dropUnneeded = async ({ stateDir, works }: Place, { id, body }: Work<'snapshot'>): Promise<void> => {
  const kept = basesOf(stateDir, works, body.of).filter((base) => base.id !== id);
  const [first] = kept.map(({ firstSegment }) => firstSegment).sort();
  if (first) await dropSegmentsBefore(stateDir, first);
};

const exporter = <K extends ExportKind>(kind: K): Maker<K> => ({
  make: ({ stateDir }, { id }) => makeExport(stateDir, kind, id) as ReturnType<Maker<K>['make']>,
  keep: async () => undefined,
  unmake: ({ stateDir }, { id }) => unmakeExport(stateDir, kind, id),
});

export const makers: { [K in Kind]: Maker<K> } = {
  snapshot: {
    make: ({ stateDir }, { id }) => takeSnapshot(stateDir, id).catch(fullIsNamed),
    keep: async () => undefined,
    async unmake(place, work) {
      await removeBoth(paths.snapshot(place.stateDir, work.id));
      await dropUnneeded(place, work);
    },
  },
  copy: {
    make: (place, { id }) => copyToSecondRegion(place, id),
    keep: async () => undefined,
    unmake: ({ stateDir }, { id }) => removeBoth(paths.snapshotCopy(stateDir, id)),
  },
  drill: {
    make: ({ stateDir, works }, work) => restoreCopy(stateDir, works, work).catch(fullIsNamed),
    async keep({ stateDir }, work) {
      const dataDir = join(paths.drill(stateDir, work.id), 'data');
      const made = madeOf(work);
      if (made && !(await serverPid(dataDir))) await startServer(dataDir, made.login.port);
    },
    async unmake({ stateDir }, { id }) {
      const folder = paths.drill(stateDir, id);
      await endServers(folder);
      await remove(folder);
    },
  },
  standby: {
    make: ({ stateDir }) => makeStandby(stateDir),
    async keep({ stateDir }, work) {
      const made = madeOf(work);
      if (made) await startStandby(stateDir, made.login.port);
    },
    async unmake({ stateDir }) {
      await endServers(paths.standby(stateDir));
      await remove(paths.standby(stateDir));
    },
  },
  dump: exporter('dump'),
  configuration: exporter('configuration'),
};
