import {
  DBInstanceAlreadyExistsFault,
  DBInstanceNotFoundFault,
  DeleteDBInstanceCommand,
  type RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import type { Instance, InstanceId, RestoreSource } from '../../contracts/database.ts';
import {
  DamageImpossible,
  EngineIncompatible,
  InstanceNotFound,
  NotOurs,
  PointNotRestorable,
} from '../../contracts/failures.ts';
import type { Restore } from '../../ports/databases.ts';
import { calling } from '../aws/failures.ts';
import { dependency, findInstance } from './reading.ts';
import type { Isolation } from './settings.ts';
import { drillTags } from './tags.ts';

type PointInTime = Extract<RestoreSource, { kind: 'point-in-time' }>;

/**
 * What every restore is, whatever it is made from. Each of these would otherwise be as it is in production: above all the
 * backups, which RDS would begin at once and keep.
 */
const isolated = ({ DRILL_SUBNET_GROUP, DRILL_SECURITY_GROUP_ID, DRILL_PARAMETER_GROUP }: Isolation) => ({
  DBSubnetGroupName: DRILL_SUBNET_GROUP,
  VpcSecurityGroupIds: [DRILL_SECURITY_GROUP_ID],
  DBParameterGroupName: DRILL_PARAMETER_GROUP,
  PubliclyAccessible: false,
  MultiAZ: false,
  DeletionProtection: false,
  BackupRetentionPeriod: 0,
  AutoMinorVersionUpgrade: false,
  CopyTagsToSnapshot: false,
});

const send = (client: RDSClient, { as, source, sizeClass, mark }: Restore, isolation: Isolation) => {
  const copy = { ...isolated(isolation), DBInstanceClass: sizeClass, Tags: drillTags(mark) };
  const command =
    source.kind === 'snapshot'
      ? new RestoreDBInstanceFromDBSnapshotCommand({
          ...copy,
          DBInstanceIdentifier: as,
          DBSnapshotIdentifier: source.snapshot,
        })
      : new RestoreDBInstanceToPointInTimeCommand({
          ...copy,
          TargetDBInstanceIdentifier: as,
          SourceDBInstanceIdentifier: source.of,
          RestoreTime: new Date(source.at),
        });
  return client.send(command as RestoreDBInstanceFromDBSnapshotCommand);
};

export const restore = async (client: RDSClient, wish: Restore, isolation: Isolation): Promise<void> => {
  if (wish.damage) throw new DamageImpossible(`${wish.damage}: the files of an RDS instance cannot be reached`, wish);
  const known = await findInstance(client, wish.as);
  if (known) return assertOurs(known, wish);
  if (wish.source.kind === 'point-in-time') await assertRestorable(client, wish.source);
  await calling(dependency, async () => {
    try {
      await send(client, wish, isolation);
    } catch (error) {
      if (error instanceof DBInstanceAlreadyExistsFault) return assertOurs(await findInstance(client, wish.as), wish);
      throw isMisfit(error) ? misfit(wish, error) : error;
    }
  });
};

/** A name that is taken is fine only if it was taken by the same drill. */
const assertOurs = (known: Instance | undefined, { as, mark }: Restore): void => {
  if (!known || known.mark?.drill === mark.drill) return;
  const whose = known.mark ? `drill ${known.mark.drill}` : 'no drill';
  throw new NotOurs(`instance ${as}: is there already, and belongs to ${whose}`, { as, mark, known: known.mark });
};

/** RDS has no name of its own for a moment outside of the log, so it is looked up first. */
const assertRestorable = async (client: RDSClient, { of, at }: PointInTime): Promise<void> => {
  const source = await findInstance(client, of);
  if (!source) throw new InstanceNotFound(`instance ${of}: does not exist, so nothing of it can be restored`, { of });
  const span = source.restorable;
  if (span && span.from <= at && at <= span.to) return;
  const allowed = span ? `from ${span.from} to ${span.to}` : 'to no moment, it keeps no log';
  throw new PointNotRestorable(`instance ${of}: asked for ${at}, can be restored ${allowed}`, { of, at, ...span });
};

/** How RDS says that class, storage and engine version do not go together. */
const isMisfit = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'InvalidParameterCombination';
const misfit = ({ as, sizeClass }: Restore, cause: Error) =>
  new EngineIncompatible(`instance ${as} as ${sizeClass}: ${cause.message}`, { as, sizeClass }, { cause });

/** By name and mark both; IAM asks for both again. */
export const remove = async (client: RDSClient, id: InstanceId): Promise<void> => {
  const known = await findInstance(client, id);
  if (!known || known.status === 'removing') return;
  if (!known.mark) throw new NotOurs(`instance ${id}: bears no drill's mark, so no machine removes it`, { id });
  const wish = { DBInstanceIdentifier: id, SkipFinalSnapshot: true, DeleteAutomatedBackups: true };
  await calling(dependency, async () => {
    try {
      await client.send(new DeleteDBInstanceCommand(wish));
    } catch (error) {
      if (!(error instanceof DBInstanceNotFoundFault)) throw error;
    }
  });
};
