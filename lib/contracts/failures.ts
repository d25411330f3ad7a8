import { Permanent, Transient } from './failure.ts';
import type { Instant } from './instant.ts';

/* Each class is documented in docs/errors.md; a test keeps the two equal. */

/** The service behind a port asked us to slow down. */
export class DependencyThrottled extends Transient {
  override readonly name = 'DependencyThrottled';
}
/** The service behind a port did not answer, or answered with a fault of its own. */
export class DependencyUnavailable extends Transient {
  override readonly name = 'DependencyUnavailable';
}
/** Two writers met; read again and try again. */
export class WriteConflict extends Transient {
  override readonly name = 'WriteConflict';
}

/** Requests do not show yet what was written: ask again until the deadline. */
export class TrafficNotMoved extends Transient {
  override readonly name = 'TrafficNotMoved';
}
/** The old slot still answered requests a moment ago. */
export class SlotNotDrained extends Transient {
  override readonly name = 'SlotNotDrained';
}
/** The database is being changed; the same call is taken later. */
export class DatabaseBusy extends Transient {
  override readonly name = 'DatabaseBusy';
}
/** A snapshot or copy is still being made: ask again until the deadline. */
export class BackupNotReady extends Transient {
  override readonly name = 'BackupNotReady';
}
/** A restored copy is still being made: ask again until the deadline. */
export class RestoreNotReady extends Transient {
  override readonly name = 'RestoreNotReady';
}
/** What a drill made is still there: ask again until the deadline. */
export class CopyStillThere extends Transient {
  override readonly name = 'CopyStillThere';
}
/** Something that a failover waits for is not so yet: ask again until the deadline. */
export class FailoverPending extends Transient {
  override readonly name = 'FailoverPending';
}
/** A new certificate is not issued, or not served everywhere, yet: ask again until the deadline. */
export class RenewalPending extends Transient {
  override readonly name = 'RenewalPending';
}
/** Nobody has said yet whether a rung may act: ask again until the deadline. */
export class AnswerPending extends Transient {
  override readonly name = 'AnswerPending';
}
/** The step was about to be ended by the platform; it may have had its effect, so every step is safe to repeat. */
export class OutOfTime extends Transient {
  override readonly name = 'OutOfTime';
}

/** The credentials do not allow the call. A retry cannot help. */
export class AccessDenied extends Permanent {
  override readonly name = 'AccessDenied';
}
export class InputInvalid extends Permanent {
  override readonly name = 'InputInvalid';
}
/** A step built an answer that breaks its own contract: our fault, never the caller's. */
export class OutputInvalid extends Permanent {
  override readonly name = 'OutputInvalid';
}
export class ConfigInvalid extends Permanent {
  override readonly name = 'ConfigInvalid';
}
export class CatalogInvalid extends Permanent {
  override readonly name = 'CatalogInvalid';
}
export class EventUnrecognised extends Permanent {
  override readonly name = 'EventUnrecognised';
}
export class ServiceUnknown extends Permanent {
  override readonly name = 'ServiceUnknown';
  constructor(service: string, known: readonly string[]) {
    super(`service: "${service}" is not in the catalog; known services: ${known.join(', ')}`, { service, known });
  }
}
export class DigestMalformed extends Permanent {
  override readonly name = 'DigestMalformed';
}
export class DigestRequired extends Permanent {
  override readonly name = 'DigestRequired';
}
export class ImageNotFound extends Permanent {
  override readonly name = 'ImageNotFound';
}
export class NothingLive extends Permanent {
  override readonly name = 'NothingLive';
  constructor(service: string) {
    super(
      `service: "${service}" has no live release to return to; record the running one first: evenkeel adopt ${service} SLOT DIGEST`,
      { service },
    );
  }
}
export class ReleaseAlreadyRunning extends Permanent {
  override readonly name = 'ReleaseAlreadyRunning';
  constructor(resource: string, holder: string, until: Instant) {
    super(`${resource}: held by "${holder}" until ${until}; wait for its end or roll it back`, {
      resource,
      holder,
      until,
    });
  }
}
/** Between the plan and the lease another run changed what is live: the plan's slots are no longer the right ones. */
export class PlanOutdated extends Permanent {
  override readonly name = 'PlanOutdated';
}
/** Somebody with a newer fencing token took over. The loser must stop and touch nothing more. */
export class LeaseLost extends Permanent {
  override readonly name = 'LeaseLost';
  constructor(resource: string, token: number, newest: number) {
    super(`${resource}: fencing token ${token} is older than ${newest}; another run took over`, {
      resource,
      token,
      newest,
    });
  }
}
export class WeightsInvalid extends Permanent {
  override readonly name = 'WeightsInvalid';
}
export class GatesNotPassed extends Permanent {
  override readonly name = 'GatesNotPassed';
}
export class RolloutFailed extends Permanent {
  override readonly name = 'RolloutFailed';
}
export class SmokeTestFailed extends Permanent {
  override readonly name = 'SmokeTestFailed';
}
export class ReleaseUnhealthy extends Permanent {
  override readonly name = 'ReleaseUnhealthy';
}
export class ReleaseFoundBad extends Permanent {
  override readonly name = 'ReleaseFoundBad';
}
export class UndoNotVerified extends Permanent {
  override readonly name = 'UndoNotVerified';
}
export class NoSafeTarget extends Permanent {
  override readonly name = 'NoSafeTarget';
}
export class SlotStillRouted extends Permanent {
  override readonly name = 'SlotStillRouted';
}
/** Step Functions would not accept the machine's definition. */
export class MachineRefused extends Permanent {
  override readonly name = 'MachineRefused';
}
/** A record in the store cannot be read as what it should be, or its hash chain is broken. */
export class RecordCorrupt extends Permanent {
  override readonly name = 'RecordCorrupt';
}

export class DatabaseUnknown extends Permanent {
  override readonly name = 'DatabaseUnknown';
  constructor(database: string, known: readonly string[]) {
    super(`database: "${database}" is not in the catalog; known databases: ${known.join(', ') || 'none'}`, {
      database,
      known,
    });
  }
}
export class InstanceNotFound extends Permanent {
  override readonly name = 'InstanceNotFound';
}
export class SnapshotNotFound extends Permanent {
  override readonly name = 'SnapshotNotFound';
}
/** No backup or log reaches what was asked for. */
export class NothingToRestore extends Permanent {
  override readonly name = 'NothingToRestore';
}
/** The moment lies outside of what the log of the instance can restore. */
export class PointNotRestorable extends Permanent {
  override readonly name = 'PointNotRestorable';
}
export class QuotaExceeded extends Permanent {
  override readonly name = 'QuotaExceeded';
}
export class StorageFull extends Permanent {
  override readonly name = 'StorageFull';
}
export class EngineIncompatible extends Permanent {
  override readonly name = 'EngineIncompatible';
}
/** It does not bear our mark, so no machine may remove it. */
export class NotOurs extends Permanent {
  override readonly name = 'NotOurs';
}
export class BackupFailed extends Permanent {
  override readonly name = 'BackupFailed';
}
export class RestoreFailed extends Permanent {
  override readonly name = 'RestoreFailed';
}
/** A restored copy is reachable by more than its drill. */
export class NotIsolated extends Permanent {
  override readonly name = 'NotIsolated';
}
/** A restored copy answers to nothing but the password of production. */
export class ProductionLogin extends Permanent {
  override readonly name = 'ProductionLogin';
}
/** The clock of the database and ours differ so much that no age can be told. */
export class ClockSkewed extends Permanent {
  override readonly name = 'ClockSkewed';
}
/** The drill ended red: what was restored is not what was backed up. */
export class DrillFailed extends Permanent {
  override readonly name = 'DrillFailed';
}
/** Something was broken on purpose, and the check that looks for it did not notice. */
export class CheckerBlind extends Permanent {
  override readonly name = 'CheckerBlind';
}
/** An earlier drill's copy could not be removed; it is on record, and blocks the next drill. */
export class OrphanLeft extends Permanent {
  override readonly name = 'OrphanLeft';
}
/** Evidence that was changed, is out of its chain, or is signed by another key. */
export class EvidenceRefused extends Permanent {
  override readonly name = 'EvidenceRefused';
}
/** This kind of damage cannot be done where the copy runs. */
export class DamageImpossible extends Permanent {
  override readonly name = 'DamageImpossible';
}
/** The catalog says nothing of a second region for the database. */
export class FailoverUnplanned extends Permanent {
  override readonly name = 'FailoverUnplanned';
}
/** Not all witnesses say that the region is lost. */
export class RegionNotLost extends Permanent {
  override readonly name = 'RegionNotLost';
}
/** There is no copy in the second region that follows the database and can be promoted. */
export class ReplicaUnfit extends Permanent {
  override readonly name = 'ReplicaUnfit';
}
/** The old writer still took writes when the deadline passed, so nothing was promoted. */
export class WriterNotFenced extends Permanent {
  override readonly name = 'WriterNotFenced';
}
/** A name is not one weighted, health-checked record for each side. */
export class DnsRecordInvalid extends Permanent {
  override readonly name = 'DnsRecordInvalid';
}
/** What was promoted or restored took no writes, its pods were not ready, or requests did not reach it before the deadline. */
export class FailoverNotVerified extends Permanent {
  override readonly name = 'FailoverNotVerified';
}
/** A failover, or its drill, ended otherwise than well; the end is on record and told. */
export class FailoverFailed extends Permanent {
  override readonly name = 'FailoverFailed';
}
/** Whoever issues certificates, or keeps them, would not renew this one. */
export class RenewalRefused extends Permanent {
  override readonly name = 'RenewalRefused';
}
/** A freeze holds: nothing but an undo may touch what runs. */
export class ChangesFrozen extends Permanent {
  override readonly name = 'ChangesFrozen';
}
/** A certificate became BAD, or has been UNKNOWN for longer than its grace; it is on record and told. */
export class CertificatesBad extends Permanent {
  override readonly name = 'CertificatesBad';
}
/** A check of certificates did not come to its end; nothing new is known of any. */
export class CertificatesUnchecked extends Permanent {
  override readonly name = 'CertificatesUnchecked';
}
/** No rung helped, or none may act: an alarm needs people. It is on record and told. */
export class IncidentEscalated extends Permanent {
  override readonly name = 'IncidentEscalated';
}
/** A step of an escalation could not be called, so somebody may know of nothing. */
export class CallsNotMade extends Permanent {
  override readonly name = 'CallsNotMade';
}
/** Whoever pages people would not take a call; the same again will not be taken either. */
export class PagerRefused extends Permanent {
  override readonly name = 'PagerRefused';
}
/** An action cannot be done to this resource: it is not there, of another kind, or at its limit already. */
export class ActionImpossible extends Permanent {
  override readonly name = 'ActionImpossible';
}
