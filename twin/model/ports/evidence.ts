import type { DatabaseName } from '../../../lib/contracts/database.ts';
import type { Evidence } from '../../../lib/contracts/evidence.ts';
import { WriteConflict } from '../../../lib/contracts/failures.ts';
import type { EvidenceVault } from '../../../lib/ports/evidence.ts';

/** In the order in which it was kept. */
export type Vault = Map<DatabaseName, Evidence[]>;

export const modelEvidence = (vault: Vault): EvidenceVault => {
  const chainOf = (database: DatabaseName) => vault.get(database) ?? [];
  return {
    async keep(evidence) {
      const { database, sequence, drill } = evidence;
      const there = chainOf(database).find((one) => one.sequence === sequence);
      if (there?.drill.plan.drill === drill.plan.drill) return;
      if (there)
        throw new WriteConflict(`evidence: number ${sequence} of ${database} is of another drill`, { sequence });
      vault.set(database, [...chainOf(database), evidence]);
    },
    newest: async (database) => [...chainOf(database)].sort((a, b) => b.sequence - a.sequence)[0],
    find: async (database, drill) => chainOf(database).find((one) => one.drill.plan.drill === drill),
  };
};
