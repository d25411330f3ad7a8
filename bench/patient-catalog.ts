import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parse } from 'yaml';
import { Catalog } from '../lib/contracts/catalog.ts';
import { repository } from './program.ts';

/** Long enough for the watch to see one failure in a hundred at ten requests a second. */
const shift = [
  { weight: 50, holdSeconds: 600 },
  { weight: 100, holdSeconds: 10 },
];
/** Longer than the longest run with these stages. */
const leaseSeconds = 86_400;

/** The twin's catalog with one long stage, so that a fault is found or not for its own sake, and not because time is up. */
export const writePatientCatalog = async (file: string): Promise<void> => {
  const catalog = v.parse(Catalog, parse(await readFile(`${repository}twin/catalog.yml`, 'utf8')));
  const patient = Object.entries(catalog.policies).map(([name, policy]) => [name, { ...policy, shift, leaseSeconds }]);
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ ...catalog, policies: Object.fromEntries(patient) }));
};
