import type {
  CaaReading,
  CertificateState,
  Endpoint,
  EndpointReading,
  Finding,
  HostName,
  InventoryEntry,
  LoggedCertificate,
  SourceReading,
} from '../contracts/certificate.ts';
import type { Instant } from '../contracts/instant.ts';
import type { RunId } from '../contracts/names.ts';

/** Everything that holds a certificate, or must serve one. Metadata and public parts only: no implementation reads a private key. */
export interface CertificateInventory {
  /**
   * Every source but the catalog, whose entries are added by whoever asks. A source that cannot be asked is an answer, not an
   * error.
   */
  read(): Promise<SourceReading[]>;
}

/** Real handshakes, bounded in time, number and size. What goes wrong is part of the reading; nothing throws for one endpoint. */
export interface Handshakes {
  /**
   * Every address of every endpoint, once for each kind of key; one reading for each endpoint, in their order. `deadline`: what is
   * not done by then is silent with `timeout`. After them come readings of hosts that redirects lead over and that were not asked
   * for. Rule: one of those at a private address is not knocked at, and its reading says so; who controls a redirect would else
   * make us ask whatever is inside.
   */
  probe(endpoints: readonly Endpoint[], deadline: Instant): Promise<EndpointReading[]>;
  /** The roots that are trusted here, each as DER in base64. */
  anchors(): Promise<readonly string[]>;
}

/** Who may issue for a name. */
export interface CaaRecords {
  /** From the name upwards, as RFC 8659 section 3 says. */
  find(names: readonly HostName[]): Promise<CaaReading[]>;
}

/** How far a log was read. `root`: the tree's root hash there, in base64, by which the next reading proves that nothing was taken back. */
export type LogCursor = { log: string; size: number; root: string };

/** What a reading of one log came to. `behind`: entries that are there and were not read yet. */
export type LogReading =
  | { state: 'read'; log: string; cursor: LogCursor; behind: number; found: LoggedCertificate[] }
  | { state: 'unread'; log: string; reason: string };

/** Logs of certificate transparency (RFC 6962 and static-ct). */
export interface TransparencyLogs {
  /**
   * Goes on from the cursors, and gives what was logged for the domains or anything below them. A log that contradicts its own
   * past is `unread` with the contradiction as its reason. A log without a cursor begins at its end.
   */
  since(cursors: readonly LogCursor[], domains: readonly HostName[], deadline: Instant): Promise<LogReading[]>;
}

/** Asks whoever issued it for a new one. */
export interface Renewals {
  /**
   * The same entry again, while the renewal is under way, changes nothing. `person`: nobody but a person can renew it.
   * Errors: `RenewalRefused`, `AccessDenied`, `DependencyUnavailable`.
   */
  request(entry: InventoryEntry, requestId: string): Promise<'requested' | 'person'>;
}

/** What is known of certificates, and what a run that goes on has found so far: more than fits into a machine's history. */
export interface CertificateRecords {
  all(): Promise<CertificateState[]>;
  /** A state of the same subject is replaced. */
  keep(states: readonly CertificateState[]): Promise<void>;
  /** For an entry that people said is gone on purpose. One that is not there is fine. */
  forget(subject: string): Promise<void>;
  cursors(): Promise<LogCursor[]>;
  keepCursors(cursors: readonly LogCursor[]): Promise<void>;
  /** What a run read of the sources, kept for some days. Again: replaces it. */
  keepReadings(run: RunId, readings: readonly SourceReading[]): Promise<void>;
  /** Nothing when nothing was kept. */
  readings(run: RunId): Promise<SourceReading[]>;
  /** What a part of a run found, kept for some days. The same part again replaces what it found before. */
  keepFindings(run: RunId, part: string, findings: readonly Finding[]): Promise<void>;
  /** Of all parts of the run. */
  findings(run: RunId): Promise<Finding[]>;
}
