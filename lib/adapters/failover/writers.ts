import { type DBInstance, ModifyDBInstanceCommand, RebootDBInstanceCommand } from '@aws-sdk/client-rds';
import type { InstanceId } from '../../contracts/database.ts';
import type { WriterState } from '../../contracts/failover.ts';
import { DependencyUnavailable, InstanceNotFound } from '../../contracts/failures.ts';
import type { Writers } from '../../ports/failover.ts';
import { adapter } from '../../runtime/adapter.ts';
import { calling } from '../aws/failures.ts';
import { writeFenced } from '../dynamodb/fenced.ts';
import { type Table, tableNamed, tableSetting } from '../dynamodb/table.ts';
import { rdsClient, rdsClientOf } from '../rds/client.ts';
import { promote } from '../rds/promote.ts';
import { dependency, describeInstance } from '../rds/reading.ts';
import { reach } from './reach.ts';
import { failoverSetting, type OldWriter } from './settings.ts';

const registerKey = (id: InstanceId) => ({ pk: `server#${id}`, sk: 'register' });

const writersOver = (table: Table, old: Record<InstanceId, OldWriter>): Writers => {
  const admit = (id: InstanceId, wish: string, token: number) =>
    writeFenced(table, registerKey(id), `server/${id}`, { wish }, token);
  return {
    async state(id) {
      const writer = old[id];
      return writer ? stateOfOld(writer) : stateHere(await instanceHere(id));
    },
    async fence(id, token) {
      const writer = old[id];
      if (!writer) throw new InstanceNotFound(`${id}: not a writer of the setting FAILOVER`, { id });
      const before = await table.get(registerKey(id));
      if (before?.wish === 'fenced' && before.token === token) return 'fenced';
      await admit(id, 'fencing', token);
      if (!(await fenceIfReached(id, writer))) return 'unreachable';
      await admit(id, 'fenced', token);
      return 'fenced';
    },
    async promote(id, token) {
      const replica = await instanceHere(id);
      await admit(id, 'promoted', token);
      if (replica.ReadReplicaSourceDBInstanceIdentifier) await promote(rdsClient(), replica);
    },
  };
};

/** Rule: whatever can be connected to is taken for a writer. Only one that nobody gets through to is known to be none. */
const stateOfOld = async ({ address }: OldWriter): Promise<WriterState> =>
  (await reach(address)) === 'connected' ? 'writes' : 'silent';

/** RDS's word; that a write is taken is shown by the sentinel that is written next. */
const stateHere = ({ DBInstanceStatus, ReadReplicaSourceDBInstanceIdentifier: follows }: DBInstance): WriterState =>
  follows ? 'refuses' : DBInstanceStatus === 'available' ? 'writes' : 'silent';

const instanceHere = async (id: InstanceId): Promise<DBInstance> => {
  const found = await describeInstance(rdsClient(), id);
  if (!found) throw new InstanceNotFound(`instance ${id}: does not exist in this region`, { id });
  return found;
};

const fenceIfReached = async (id: InstanceId, writer: OldWriter): Promise<boolean> => {
  try {
    await fence(id, writer);
    return true;
  } catch (error) {
    if (error instanceof DependencyUnavailable) return false;
    throw error;
  }
};

/** A security group without rules keeps new connections out; the restart ends those that are there, which rules do not touch. */
const fence = async (DBInstanceIdentifier: InstanceId, { region, fenceSecurityGroup }: OldWriter): Promise<void> => {
  const client = rdsClientOf(region);
  const VpcSecurityGroupIds = [fenceSecurityGroup];
  const wish = { DBInstanceIdentifier, VpcSecurityGroupIds, ApplyImmediately: true };
  await calling(dependency, () => client.send(new ModifyDBInstanceCommand(wish)));
  await calling(dependency, () => client.send(new RebootDBInstanceCommand({ DBInstanceIdentifier })));
};

export const rdsWriters = adapter({ ...tableSetting, ...failoverSetting }, ({ CONTROL_TABLE, FAILOVER }) =>
  writersOver(tableNamed(CONTROL_TABLE), FAILOVER.writers),
);
