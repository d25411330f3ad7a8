import { join } from 'node:path';
import type { Instance } from '../../../lib/contracts/database.ts';
import { databaseAddress } from '../postgres/content.ts';
import { paths } from '../process/paths.ts';
import { basesOf } from './base.ts';
import { archivedUntil, onProduction, production, runsProduction } from './production.ts';
import { serverIsReady } from './server.ts';
import { ensureWorker, workerRuns } from './workers.ts';
import { madeOf, type Work, type Works } from './works.ts';

const gib = 2 ** 30;
const keptDays = 30;
/** Local files leave encryption to the disk that they lie on; it is the same for production and for its copies. */
const encrypted = true;
const reachOf = (part: string): Instance['reach'] => ({
  public: false,
  subnetGroup: part,
  securityGroups: [part],
});

const wholeGib = (bytes: number): number => Math.max(1, Math.ceil(bytes / gib));

/** The world's own database. Undefined when the world never had one. */
export const productionInstance = async (stateDir: string, works: Works): Promise<Instance | undefined> => {
  const address = await databaseAddress(stateDir).catch(() => undefined);
  if (!address) return undefined;
  const facts = await productionFacts(stateDir);
  const span = await restorableSpan(stateDir, works);
  return {
    id: production,
    ...facts,
    sizeClass: 'db.local.process',
    endpoint: { host: address.host, port: address.port },
    reach: reachOf('twin-production'),
    backupRetentionDays: keptDays,
    deletionProtection: true,
    encrypted,
    ...(span && { restorable: span }),
  };
};

const productionFacts = async (
  stateDir: string,
): Promise<Pick<Instance, 'status' | 'statusReason' | 'engineVersion' | 'storageGib'>> => {
  const down = (statusReason: string) =>
    ({ status: 'failed', statusReason, engineVersion: 'unknown', storageGib: 0 }) as const;
  if (!(await runsProduction(stateDir))) return down('its process does not run');
  const ask = onProduction(stateDir, async (client) => {
    const { rows } = await client.query(`
      SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
        (SELECT sum(pg_database_size(oid)) FROM pg_database)::float8 AS bytes`);
    return { status: 'available', engineVersion: rows[0].version, storageGib: wholeGib(rows[0].bytes) } as const;
  });
  return ask.catch((error: Error) => down(error.message));
};

/** From the oldest snapshot to the last commit that is known to be archived. Undefined before the first snapshot. */
export const restorableSpan = async (stateDir: string, works: Works): Promise<Instance['restorable']> => {
  const [oldest] = basesOf(stateDir, works, production);
  const to = oldest && (await archivedUntil(stateDir));
  return oldest && to && to >= oldest.takenAt ? { from: oldest.takenAt, to } : undefined;
};

/** A drill's copy. Work on it that was cut off is taken up again by whoever asks. */
export const drillInstance = async (stateDir: string, work: Work<'drill'>): Promise<Instance> => {
  const { id, body } = work;
  const made = madeOf(work);
  const state = await stateOf(stateDir, work);
  if (state.status !== 'available' && state.status !== 'failed') await ensureWorker(stateDir, 'drill', id);
  return {
    id,
    ...state,
    engineVersion: made?.engineVersion ?? 'unknown',
    sizeClass: body.sizeClass,
    storageGib: made ? wholeGib(made.bytes) : 0,
    createdAt: body.createdAt,
    ...(made && state.status === 'available' && { endpoint: { host: made.login.host, port: made.login.port } }),
    reach: reachOf('twin-drills'),
    backupRetentionDays: 0,
    deletionProtection: false,
    encrypted,
    mark: body.mark,
  };
};

const stateOf = async (
  stateDir: string,
  { id, wanted, result }: Work<'drill'>,
): Promise<Pick<Instance, 'status' | 'statusReason' | 'failure'>> => {
  if (wanted === 'absent') return { status: 'removing' };
  if (!result) return { status: 'creating' };
  if ('failed' in result)
    return {
      status: 'failed',
      statusReason: result.failed,
      ...(result.failure && { failure: result.failure }),
    };
  return { status: (await serverIsReady(join(paths.drill(stateDir, id), 'data'))) ? 'available' : 'changing' };
};

/** Whether what is wanted of a copy is not so, and nobody is at it. */
export const isLost = async (stateDir: string, work: Work<'drill'>): Promise<boolean> => {
  const { status } = await stateOf(stateDir, work);
  return status !== 'available' && status !== 'failed' && !(await workerRuns(stateDir, 'drill', work.id));
};
