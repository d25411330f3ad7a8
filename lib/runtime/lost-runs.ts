import type { Catalog } from '../contracts/catalog.ts';
import { plusSeconds } from '../contracts/instant.ts';
import { leaseOf } from '../contracts/lease.ts';
import { undoNameOf } from '../contracts/names.ts';
import type { LostRun } from '../contracts/reconcile.ts';
import { endedStatuses } from '../contracts/release.ts';
import type { RunEnd } from '../contracts/run.ts';
import { holderMachine } from '../domain/reconcile/holder-of.ts';
import { isBadEnd, isLost } from '../domain/reconcile/is-lost.ts';
import { mayBeLost, nextOf } from '../domain/reconcile/next-of.ts';
import type { Needs } from '../ports/index.ts';
import type { Call } from './call.ts';
import { endBackup } from './end-backup.ts';
import { endRelease } from './end-release.ts';
import { endRemedy, type RemedyEndNeeds } from './end-remedy.ts';

type Candidate = Pick<LostRun, 'machine' | 'name'>;
/** Newest first, so what is open is among them. */
const lookBack = 20;
const mostIncidents = 100;
/** Whoever is called for an incident is called within this time, or is no more. */
const callsSeconds = 7200;

/** Those that are over while the record of their incident says that they go on, or while nobody calls the people it was given to. */
export const lostRemedies = async (ports: Needs<'incidents' | 'runs' | 'clock'>): Promise<LostRun[]> =>
  lostOf(ports, await openIncidents(ports));

/** The same of releases, and of the undo of each. */
export const lostReleases = async (ports: Needs<'releases' | 'runs'>, catalog: Catalog): Promise<LostRun[]> =>
  lostOf(ports, await openReleases(ports, catalog));

/** Rollbacks that hold a service and are over. By themselves: an undo must be found when leases cannot be read. */
export const lostRollbacks = async (ports: Needs<'leases' | 'runs'>, catalog: Catalog): Promise<LostRun[]> =>
  lostOf(ports, await heldByRollbacks(ports, catalog));

/** The same of backups. Drills have a remover that needs no word of their end (functions/triggers/reap-due.ts). */
export const lostBackups = async (ports: Needs<'backups' | 'runs'>, catalog: Catalog): Promise<LostRun[]> =>
  lostOf(ports, await openBackups(ports, catalog));

const lostOf = async (ports: Needs<'runs'>, candidates: readonly Candidate[]): Promise<LostRun[]> => {
  const lost: LostRun[] = [];
  for (const candidate of candidates)
    if (await isLostNow(ports, candidate)) lost.push({ kind: 'lost-run', ...candidate });
  return lost;
};

/** The status of the execution is what decides, never the age of a record. */
const isLostNow = async ({ runs }: Needs<'runs'>, candidate: Candidate): Promise<boolean> => {
  const { machine, name } = candidate;
  if (!mayBeLost(candidate)) return false;
  const run = await runs.find(machine, name);
  if (!isBadEnd(run)) return false;
  const next = nextOf(candidate);
  return isLost(machine, run, next && (await runs.find(next.machine, next.name)));
};

/** Those that are open; and those that were given to people of late, whom somebody must still call. */
const openIncidents = async ({ incidents, clock }: Needs<'incidents' | 'clock'>): Promise<Candidate[]> => {
  const escalated = (await incidents.recent(plusSeconds(clock.now(), -callsSeconds))).filter(
    ({ status }) => status === 'escalated',
  );
  return [...(await incidents.unended(mostIncidents)), ...escalated].map(({ id }) => ({
    machine: 'remediation',
    name: id,
  }));
};

/** With each its undo, which may have been cut off too. */
const openReleases = async ({ releases }: Needs<'releases'>, { services }: Catalog): Promise<Candidate[]> => {
  const recent = await Promise.all(services.map(({ name }) => releases.recent(name, lookBack)));
  return recent
    .flat()
    .filter(({ status }) => !endedStatuses.includes(status))
    .flatMap(({ releaseId }) => [
      { machine: 'deployment', name: releaseId },
      { machine: 'rollback', name: undoNameOf(releaseId) },
    ]);
};

const heldByRollbacks = async ({ leases }: Needs<'leases'>, { services }: Catalog): Promise<Candidate[]> => {
  const held = await Promise.all(services.map(({ name }) => leases.current(leaseOf(name))));
  return held
    .filter((lease) => lease !== undefined)
    .filter((lease) => holderMachine(lease) === 'rollback')
    .map(({ holder }) => ({ machine: 'rollback', name: holder }));
};

const openBackups = async ({ backups }: Needs<'backups'>, { databases }: Catalog): Promise<Candidate[]> => {
  const recent = await Promise.all(databases.map(({ name }) => backups.recent(name, lookBack)));
  return recent
    .flat()
    .filter(({ status }) => status === 'taking')
    .map(({ id }) => ({ machine: 'backup', name: id }));
};

type EndNeeds = RemedyEndNeeds & Needs<'backups' | 'machines' | 'releases' | 'runs'>;
type End = (ports: EndNeeds, ended: RunEnd, call: Call) => Promise<void>;

/** By machine: what the trigger of its end does. */
const ends: Readonly<Record<LostRun['machine'], End>> = {
  deployment: endRelease,
  rollback: endRelease,
  backup: endBackup,
  remediation: endRemedy,
};

/** Does what the event of the end would have brought about. Rule: the run is asked again just before. */
export const endLostRun = async (ports: EndNeeds, { machine, name }: LostRun, call: Call): Promise<boolean> => {
  const run = await ports.runs.find(machine, name);
  if (!isBadEnd(run)) return false;
  await ends[machine](ports, run, call);
  return true;
};
