import type { BackupRequest } from '../../lib/contracts/backup.ts';
import type { CertificateCheckWish } from '../../lib/contracts/certificate.ts';
import type { DrillRequest } from '../../lib/contracts/drill.ts';
import type { DeployWish, RollbackWish } from '../../lib/contracts/events.ts';
import type { FailoverWish } from '../../lib/contracts/failover.ts';
import type { Digest, RunId, ServiceName } from '../../lib/contracts/names.ts';
import type { Acknowledgement, BreakerWish, RemedyAnswer } from '../../lib/contracts/remedy.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { MachineName } from '../../lib/ports/machines.ts';

/** Wishes go in as events, the same way as from CI or chat, so the command line has no power of its own. */
export interface Events {
  send(type: 'DeployRequested', detail: DeployWish): Promise<void>;
  send(type: 'RollbackRequested', detail: RollbackWish): Promise<void>;
  send(type: 'BackupRequested', detail: BackupRequest): Promise<void>;
  send(type: 'DrillRequested', detail: DrillRequest): Promise<void>;
  send(type: 'FailoverRequested', detail: FailoverWish): Promise<void>;
  send(type: 'CertificateCheckRequested', detail: CertificateCheckWish): Promise<void>;
  send(type: 'BreakerCloseRequested', detail: BreakerWish): Promise<void>;
  send(type: 'RemedyAnswered', detail: RemedyAnswer): Promise<void>;
  send(type: 'AlarmAcknowledged', detail: Acknowledgement): Promise<void>;
}

export const runStatuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** `state`: the state it entered last. */
export type Run = { run: RunId; status: RunStatus; state?: string };

/** What Step Functions knows of a run. */
export interface Runs {
  /** A run by its name, of that machine where it is known. Undefined when no machine has one. */
  find(name: string, machine?: MachineName): Promise<Run | undefined>;
  /** Ends it as a person would in the console; its undo is then somebody else's to start. */
  stop(run: RunId, cause: string): Promise<void>;
}

/** An image to try things with; only a twin has them. */
export type SampleImage = { name: string; digest: Digest; does: string };

/** Everything a command may touch. The same commands run over a twin and over an AWS account. */
export interface ControlPlane {
  readonly kind: 'twin' | 'aws';
  readonly ports: Needs<
    | 'backups'
    | 'catalogs'
    | 'certificates'
    | 'clock'
    | 'cluster'
    | 'drills'
    | 'evidence'
    | 'incidents'
    | 'leases'
    | 'ledger'
    | 'releases'
    | 'signals'
    | 'signer'
    | 'traffic'
  >;
  readonly events: Events;
  readonly runs: Runs;
  /** Undefined where images come from a real registry. */
  readonly samples?: (service: ServiceName) => Promise<SampleImage[]>;
}
