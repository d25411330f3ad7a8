import type { DatabaseName } from '../contracts/database.ts';
import { type Evidence, type Told, toldOf } from '../contracts/evidence.ts';
import { nextEvidence, signed } from '../domain/recovery/evidence.ts';
import type { Needs } from '../ports/index.ts';

/** Keeps it as the newest evidence of its database. What was sealed before is given back instead: whoever repeats goes on with that. */
export const seal = async (
  { evidence, signer }: Needs<'evidence' | 'signer'>,
  database: DatabaseName,
  told: Told,
): Promise<Evidence> => {
  const kept = await evidence.find(database, toldOf(told));
  if (kept) return kept;
  const unsigned = nextEvidence(await evidence.newest(database), database, told);
  return evidence.keep(signed(unsigned, await signer.sign(unsigned.hash)));
};
