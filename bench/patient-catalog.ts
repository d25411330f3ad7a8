import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parse } from 'yaml';
import { Catalog } from '../lib/contracts/catalog.ts';
import type { RecoveryPolicy } from '../lib/contracts/recovery-policy.ts';
import { repository } from './program.ts';

/** Long enough for the watch to see one failure in a hundred at ten requests a second. */
const shift = [
  { weight: 50, holdSeconds: 600 },
  { weight: 100, holdSeconds: 10 },
];
/** Longer than the longest run with these stages. */
const leaseSeconds = 86_400;

/** The twin's catalog with one long stage, so that a fault is found or not for its own sake, and not because time is up. */
export const writePatientCatalog = (file: string): Promise<void> =>
  write(file, ({ policies, ...catalog }) => ({
    ...catalog,
    policies: ofEach(policies, (policy) => ({ ...policy, shift, leaseSeconds })),
  }));

const hour = 3600;

/** A policy that a large database can keep, however busy the machine is, without a second copy of it. */
export const patientRecovery = (policy: RecoveryPolicy): RecoveryPolicy => ({
  ...policy,
  copyToSecondRegion: false,
  // The database grows from one backup to the next.
  sizeAnomalyShare: 10,
  backup: { ...policy.backup, deadlineSeconds: hour },
  drill: { ...policy.drill, removeAfterSeconds: 3 * hour, deadlineSeconds: hour, absenceSeconds: hour },
  promises: { rpoSeconds: hour, rtoSeconds: hour, backupSeconds: hour },
});

export const writeRecoveryCatalog = (file: string): Promise<void> =>
  write(file, ({ recovery, ...catalog }) => ({ ...catalog, recovery: ofEach(recovery, patientRecovery) }));

const write = async (file: string, change: (catalog: Catalog) => Catalog): Promise<void> => {
  const catalog = v.parse(Catalog, parse(await readFile(`${repository}twin/catalog.yml`, 'utf8')));
  // JSON is YAML.
  await writeFile(file, JSON.stringify(change(catalog)));
};

const ofEach = <T>(named: Record<string, T>, change: (one: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(named).map(([name, one]) => [name, change(one)]));
