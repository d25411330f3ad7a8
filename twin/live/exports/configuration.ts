import { stat } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { fromMs, Instant } from '../../../lib/contracts/instant.ts';
import { Wishes } from '../cluster/wish.ts';
import { parseRecord, readRecord } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';
import { Routes } from '../router/route.ts';
import { type Sealed, type Sealing, seal, unseal } from './sealed-file.ts';

/** What runs in a world, how traffic is spread, and by which catalog; of secrets the names and versions, never a value. */
export const Configuration = v.object({
  format: v.literal('evenkeel-configuration-1'),
  takenAt: Instant,
  slots: Wishes,
  routes: Routes,
  /** As the control plane last started with it; null before it ever did. */
  catalog: v.nullable(v.unknown()),
  secrets: v.array(v.object({ name: v.string(), version: v.string() })),
});
export type Configuration = v.InferOutput<typeof Configuration>;

export const writeConfiguration = async (stateDir: string, sealing: Sealing): Promise<Sealed> =>
  seal(Readable.from([JSON.stringify(await configurationOf(stateDir))]), sealing);

/** Reads it back. Errors: `RecordCorrupt`. */
export const readConfiguration = async (sealing: Sealing): Promise<Sealed> => {
  const out = new PassThrough();
  const content = text(out);
  // What is wrong with the file is told by whoever opens it.
  content.catch(() => undefined);
  const sealed = await unseal(sealing, out);
  parseRecord(sealing.path, await content, Configuration);
  return sealed;
};

const configurationOf = async (stateDir: string): Promise<Configuration> => ({
  format: 'evenkeel-configuration-1',
  takenAt: fromMs(Date.now()),
  slots: (await readRecord(paths.wishes(stateDir), Wishes)) ?? {},
  routes: (await readRecord(paths.routes(stateDir), Routes)) ?? {},
  catalog: (await readRecord(paths.catalog(stateDir), v.unknown())) ?? null,
  secrets: await secretsOf(stateDir),
});

/** The version of a secret is the moment when its file was written: it tells of a change, and nothing of the value. */
const secretsOf = async (stateDir: string): Promise<Configuration['secrets']> => {
  const files = {
    'database-login': paths.databaseAddress(stateDir),
    'export-key': paths.exportKey(stateDir),
    'signing-key': paths.signingKey(stateDir),
  };
  const looks = Object.entries(files).map(async ([name, path]) => {
    const found = await stat(path).catch(() => undefined);
    return found ? [{ name, version: found.mtime.toISOString() }] : [];
  });
  return (await Promise.all(looks)).flat();
};
