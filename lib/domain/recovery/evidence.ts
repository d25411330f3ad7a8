import { verify } from 'node:crypto';
import type { DatabaseName } from '../../contracts/database.ts';
import { type Evidence, type Signature, shapeProblems, type Told } from '../../contracts/evidence.ts';
import { canonicalHash } from '../canonical/canonical.ts';
import { genesisHash } from '../ledger/chain.ts';

type Place = Pick<Evidence, 'format' | 'database' | 'sequence' | 'previousHash' | 'hash'>;
type Unsigned = Place & Told;

/** What is told, as the next evidence of the database after `previous`; its `hash` is what must be signed. */
export const nextEvidence = (previous: Evidence | undefined, database: DatabaseName, told: Told): Unsigned => {
  const body = {
    format: 'evenkeel-evidence-1' as const,
    database,
    sequence: (previous?.sequence ?? 0) + 1,
    previousHash: previous?.hash ?? genesisHash,
    ...told,
  };
  return { ...body, hash: canonicalHash(body) };
};

export const signed = (evidence: Unsigned, signature: Signature): Evidence => ({ ...evidence, signature });

/** Public keys in PEM, by the id that signatures name. */
export type PublicKeys = Readonly<Record<string, string>>;

/**
 * Everything that is wrong with a chain of evidence, in its order; nothing when each is as it was written, none is missing from the first
 * on, and each is signed by a known key. Needs neither network nor the control plane.
 */
export const evidenceProblems = (chain: readonly unknown[], keys: PublicKeys): string[] => {
  const problems: string[] = [];
  let previous: Pick<Evidence, 'sequence' | 'hash'> = { sequence: 0, hash: genesisHash };
  for (const [index, item] of chain.entries()) {
    const shape = shapeProblems(item);
    if (shape.length > 0) {
      problems.push(`entry ${index + 1}: it is no evidence: ${shape.join('; ')}`);
      continue;
    }
    // The item itself is hashed, not what the schema made of it: an added field is a change.
    const evidence = item as Evidence;
    problems.push(...problemsOf(evidence, previous, keys).map((what) => `entry ${index + 1}: ${what}`));
    previous = evidence;
  }
  return chain.length === 0 ? ['there is no evidence'] : problems;
};

const problemsOf = (evidence: Evidence, previous: Pick<Evidence, 'sequence' | 'hash'>, keys: PublicKeys): string[] => {
  const { signature, hash, ...body } = evidence;
  return [
    ...(evidence.sequence === previous.sequence + 1
      ? []
      : [`sequence is ${evidence.sequence}, expected ${previous.sequence + 1}: one is missing or out of place`]),
    ...(evidence.previousHash === previous.hash ? [] : ['it does not lead to the one before it']),
    ...(canonicalHash(body) === hash ? [] : ['its content is not what was hashed: it was changed']),
    ...signatureProblems(hash, signature, keys),
  ];
};

const signatureProblems = (hash: string, { keyId, signature }: Signature, keys: PublicKeys): string[] => {
  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (key === undefined) return [`signed with the key ${keyId}, which is not known`];
  return isSignedBy(hash, signature, key) ? [] : [`its signature is not of the key ${keyId}: it was changed`];
};

/** Only what is written exactly as base64 is written: other spellings of the same bytes are changes too. */
const isSignedBy = (text: string, signature: string, key: string): boolean => {
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.toString('base64') !== signature) return false;
  try {
    return verify('sha256', Buffer.from(text), key, bytes);
  } catch {
    return false;
  }
};
