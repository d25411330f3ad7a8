import type { Failure, FailureData } from '../../contracts/failure.ts';
import {
  AccessDenied,
  ConfigInvalid,
  DatabaseBusy,
  DependencyUnavailable,
  EngineIncompatible,
  InstanceNotFound,
  PointNotRestorable,
  QuotaExceeded,
  SnapshotNotFound,
} from '../../contracts/failures.ts';

export type Named = new (message: string, data?: FailureData, options?: ErrorOptions) => Failure;

/** What RDS refuses, under its names without `Fault` at their end. */
export const databaseFailures: Readonly<Record<string, Named>> = {
  DBInstanceNotFound: InstanceNotFound,
  DBSnapshotNotFound: SnapshotNotFound,
  InvalidDBInstanceState: DatabaseBusy,
  InvalidDBSnapshotState: DatabaseBusy,
  DBInstanceNotReady: DatabaseBusy,
  InstanceQuotaExceeded: QuotaExceeded,
  SnapshotQuotaExceeded: QuotaExceeded,
  StorageQuotaExceeded: QuotaExceeded,
  DBInstanceAutomatedBackupQuotaExceeded: QuotaExceeded,
  // AWS has none at the moment; another day, or a minute later, it has.
  InsufficientDBInstanceCapacity: DependencyUnavailable,
  ProvisionedIopsNotAvailableInAZ: DependencyUnavailable,
  PointInTimeRestoreNotEnabled: PointNotRestorable,
  InvalidRestore: PointNotRestorable,
  DBInstanceAutomatedBackupNotFound: PointNotRestorable,
  StorageTypeNotSupported: EngineIncompatible,
  StorageTypeNotAvailable: EngineIncompatible,
  UnsupportedDBEngineVersion: EngineIncompatible,
  NetworkTypeNotSupported: EngineIncompatible,
  KMSKeyNotAccessible: AccessDenied,
  // What a setting names is not there, or is not what it must be.
  DBSubnetGroupNotFound: ConfigInvalid,
  DBSubnetGroupNotAllowed: ConfigInvalid,
  DBSubnetGroupDoesNotCoverEnoughAZs: ConfigInvalid,
  DBParameterGroupNotFound: ConfigInvalid,
  DBSecurityGroupNotFound: ConfigInvalid,
  InvalidSubnet: ConfigInvalid,
  InvalidVPCNetworkState: ConfigInvalid,
};
