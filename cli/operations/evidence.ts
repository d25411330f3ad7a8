import type { DatabaseName } from '../../lib/contracts/database.ts';
import type { Evidence } from '../../lib/contracts/evidence.ts';
import { evidenceProblems, type PublicKeys } from '../../lib/domain/recovery/evidence.ts';
import type { Needs } from '../../lib/ports/index.ts';

/** All evidence of a database, oldest first, the keys that signed it, and what is wrong with it. */
export type EvidenceChain = { chain: Evidence[]; keys: PublicKeys; problems: string[] };

const atOnce = 20;

export const readEvidence = async (
  { evidence: vault, signer }: Needs<'evidence' | 'signer'>,
  database: DatabaseName,
): Promise<EvidenceChain> => {
  const newest = await vault.newest(database);
  const places = Array.from({ length: newest?.sequence ?? 0 }, (_, index) => index + 1);
  const chain = await inTurns(places, (sequence) => vault.at(database, sequence));
  const keys = await keysOf(chain, signer);
  const problems = chain.length === 0 ? [] : evidenceProblems(chain, keys);
  return { chain, keys, problems: [...problems, ...endProblems(chain, newest)] };
};

const inTurns = async <I, O>(items: readonly I[], ask: (item: I) => Promise<O | undefined>): Promise<O[]> => {
  const answers: (O | undefined)[] = [];
  for (let from = 0; from < items.length; from += atOnce)
    answers.push(...(await Promise.all(items.slice(from, from + atOnce).map(ask))));
  return answers.filter((answer) => answer !== undefined);
};

const keysOf = async (chain: readonly Evidence[], signer: Needs<'signer'>['signer']): Promise<PublicKeys> => {
  const ids = [...new Set(chain.map(({ signature }) => signature.keyId))];
  return Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await signer.publicKey(id)] as const)));
};

/** The vault knows its newest; a chain that ends before it has lost its end. */
const endProblems = (chain: readonly Evidence[], newest: Evidence | undefined): string[] =>
  newest?.hash === chain.at(-1)?.hash
    ? []
    : [`the chain ends at ${chain.at(-1)?.sequence ?? 0}, but the vault's newest is ${newest?.sequence ?? 'none'}`];
