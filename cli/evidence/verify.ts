import type { Evidence } from '../../lib/contracts/evidence.ts';
import { evidenceProblems, type PublicKeys } from '../../lib/domain/recovery/evidence.ts';
import { parseEvidence } from './file.ts';

export type Verification = { chain: readonly Evidence[]; problems: readonly string[] };

/** All that is wrong with a file of evidence. Needs neither network nor control plane. */
export const verifyEvidence = (bytes: Uint8Array, keys: PublicKeys): Verification => {
  const { chain, problems } = parseEvidence(bytes);
  const all = [...problems, ...evidenceProblems(chain, keys)];
  return { chain: all.length > 0 ? [] : (chain as Evidence[]), problems: all };
};
