import type { DatabaseName } from '../contracts/database.ts';
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
  /**
   * Gives what is kept in its place: the same drill or failover there again changes nothing. Errors: `WriteConflict` when the place
   * is another's.
   */
  keep(evidence: Evidence): Promise<Evidence>;
  /** The end of the chain. */
  newest(database: DatabaseName): Promise<Evidence | undefined>;
  /** The one in that place of the chain, from 1. */
  at(database: DatabaseName, sequence: number): Promise<Evidence | undefined>;
  /** `of`: the id of a drill, or the name of a failover. */
  find(database: DatabaseName, of: string): Promise<Evidence | undefined>;
}
