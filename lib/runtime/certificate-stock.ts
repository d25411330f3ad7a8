import type { CertificateState, InventoryEntry, SourceReading } from '../contracts/certificate.ts';
import type { RunId } from '../contracts/names.ts';
import { stockOf } from '../domain/certificates/carried.ts';
import { type Intended, intendedOf } from '../domain/certificates/intended.ts';
import type { Needs } from '../ports/index.ts';

/** What a run of the check knows to look at, the same for each of its steps. Endpoints are in the order of their names. */
export type RunStock = {
  readings: SourceReading[];
  before: CertificateState[];
  entries: InventoryEntry[];
  endpoints: Intended[];
};

export const stockOfRun = async ({ certificates }: Needs<'certificates'>, run: RunId): Promise<RunStock> => {
  const [readings, before] = await Promise.all([certificates.readings(run), certificates.all()]);
  return { readings, before, ...joined(readings, before) };
};

export const joined = (readings: readonly SourceReading[], before: readonly CertificateState[]) => {
  const { entries } = stockOf(readings, before);
  const byName = [...intendedOf(entries)].sort(([a], [b]) => (a < b ? -1 : 1));
  return { entries, endpoints: byName.map(([, intended]) => intended) };
};
