import { existsSync } from 'node:fs';
import { Transient } from '../../../lib/contracts/failure.ts';
import { StorageFull } from '../../../lib/contracts/failures.ts';
import { paths } from '../process/paths.ts';
import { makers } from './make.ts';
import { endAllServers, endServers } from './server.ts';
import { forgetWorker } from './workers.ts';
import type { Kind, Works } from './works.ts';

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Does what is wanted of one thing: makes it, keeps it running, or removes it. The record goes last. */
export const workOn = async <K extends Kind>(stateDir: string, works: Works, kind: K, id: string): Promise<void> => {
  const work = works.find(kind, id);
  if (!work) return;
  const place = { stateDir, works };
  const { make, keep, unmake } = makers[kind];
  if (work.wanted === 'absent') {
    await unmake(place, work);
    works.forget(kind, id);
    await forgetWorker(stateDir, kind, id);
  } else if (work.result) await keep(place, work);
  else
    await make(place, work).then(
      (made) => works.end(kind, id, { made }),
      (error) => failed(stateDir, works, kind, id, error),
    );
  if (existsSync(paths.stopped(stateDir))) await endAllServers(stateDir);
};

/**
 * Nothing of a copy that failed runs on; its folder stays until it is removed, for whoever looks for the reason. What may go well
 * the next time is not over: whoever asks for it begins it again.
 */
const failed = async (stateDir: string, works: Works, kind: Kind, id: string, error: unknown): Promise<void> => {
  if (kind === 'drill') await endServers(paths.drill(stateDir, id));
  if (error instanceof Transient) return console.error(`${kind} ${id}: ${reasonOf(error)}`);
  works.end(kind, id, { failed: reasonOf(error), ...(error instanceof StorageFull && { failure: error.name }) });
};
