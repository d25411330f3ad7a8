import type { DatabaseName } from '../../../lib/contracts/database.ts';
import { type Evidence, toldOf } from '../../../lib/contracts/evidence.ts';
import { WriteConflict } from '../../../lib/contracts/failures.ts';
import type { EvidenceVault } from '../../../lib/ports/evidence.ts';

/** In the order in which it was kept. */
export type Vault = Map<DatabaseName, Evidence[]>;

export const modelEvidence = (vault: Vault): EvidenceVault => {
  const chainOf = (database: DatabaseName) => vault.get(database) ?? [];
  return {
    async keep(evidence) {
      const { database, sequence } = evidence;
      const there = chainOf(database).find((one) => one.sequence === sequence);
      if (there && toldOf(there) !== toldOf(evidence))
        throw new WriteConflict(`evidence: number ${sequence} of ${database} is of ${toldOf(there)}`, { sequence });
      if (!there) vault.set(database, [...chainOf(database), evidence]);
      return there ?? evidence;
    },
    newest: async (database) => [...chainOf(database)].sort((a, b) => b.sequence - a.sequence)[0],
    at: async (database, sequence) => chainOf(database).find((one) => one.sequence === sequence),
    find: async (database, of) => chainOf(database).find((one) => toldOf(one) === of),
  };
};
