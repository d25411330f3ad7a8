import type { DatabaseName } from '../contracts/database.ts';
import type { DrillId } from '../contracts/drill.ts';
import type { Evidence, Signature } from '../contracts/evidence.ts';

/** Signs with a key that nobody can take out. */
export interface Signer {
  /** `text` is signed as UTF-8. Errors: `AccessDenied`, `DependencyUnavailable`. */
  sign(text: string): Promise<Signature>;
  /** The public key of `keyId` as PEM. */
  publicKey(keyId: string): Promise<string>;
}

/** Keeps evidence where nobody can change or delete it before its time. One chain for each database. */
export interface EvidenceVault {
  /** The evidence of a drill; the same drill and sequence again changes nothing. Errors: `WriteConflict` when the sequence is another's. */
  keep(evidence: Evidence): Promise<void>;
  /** The end of the chain. */
  newest(database: DatabaseName): Promise<Evidence | undefined>;
  find(database: DatabaseName, drill: DrillId): Promise<Evidence | undefined>;
}
