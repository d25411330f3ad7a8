import { type DBInstance, RebootDBInstanceCommand } from '@aws-sdk/client-rds';
import * as v from 'valibot';
import type { InstanceId } from '../../contracts/database.ts';
import { ActionImpossible, InstanceNotFound } from '../../contracts/failures.ts';
import type { Extension } from '../../domain/remediation/extended-storage.ts';
import type { DatabaseOperations, Growth } from '../../ports/data-tier.ts';
import { adapter } from '../../runtime/adapter.ts';
import { calling } from '../aws/failures.ts';
import { actRegister } from '../dynamodb/act-register.ts';
import { type Table, tableNamed, tableSetting } from '../dynamodb/table.ts';
import { rdsClient, rdsClientOf } from './client.ts';
import { extendTo, planExtension } from './extend-storage.ts';
import { promote } from './promote.ts';
import { dependency, describeInstance } from './reading.ts';
import { isRestarted } from './restarted.ts';
import { statusOf } from './shapes.ts';

const operationsOver = (table: Table): DatabaseOperations => {
  const registerOf = (id: InstanceId) => actRegister(table, `database/${id}`);
  return {
    async restart(id, how, since, token) {
      const server = await known(id);
      if (how === 'to-standby' && !server.MultiAZ)
        throw new ActionImpossible(`${id}: has no standby to fail over to; it is in one zone alone`, { id });
      await registerOf(id).admit({ act: how }, token);
      if (await isRestarted(rdsClient(), server, how, since)) return;
      const wish = { DBInstanceIdentifier: id, ForceFailover: how === 'to-standby' };
      await calling(dependency, () => rdsClient().send(new RebootDBInstanceCommand(wish)));
    },
    async extendStorage(id, growth, token) {
      const server = await known(id);
      const extension = await keptExtension(registerOf(id), server, growth);
      await registerOf(id).admit({ act: 'extend-storage', stamp: growth.stamp, ...extension }, token);
      await extendTo(rdsClient(), server, extension.toGib);
      return extension;
    },
    async promote(id, token) {
      const replica = await known(id);
      const source = replica.ReadReplicaSourceDBInstanceIdentifier;
      if (source) await assertNoWriter(id, source);
      await registerOf(id).admit({ act: 'promote' }, token);
      if (source) await promote(rdsClient(), replica);
    },
  };
};

const known = async (id: InstanceId): Promise<DBInstance> => {
  const found = await describeInstance(rdsClient(), id);
  if (!found) throw new InstanceNotFound(`instance ${id}: does not exist in this region`, { id });
  return found;
};

const Kept = v.object({ stamp: v.string(), fromGib: v.number(), toGib: v.number() });

/** Planned once for each stamp: planned again after it has grown it would grow twice. */
const keptExtension = async (
  register: ReturnType<typeof actRegister>,
  server: DBInstance,
  growth: Growth,
): Promise<Extension> => {
  const kept = v.safeParse(Kept, await register.read());
  if (!kept.success || kept.output.stamp !== growth.stamp) return planExtension(server, growth);
  const { fromGib, toGib } = kept.output;
  return { fromGib, toGib };
};

/** `source`: its name, or its ARN where it is in another region. Rule: who may still take writes is followed, not replaced. */
const assertNoWriter = async (id: InstanceId, source: string): Promise<void> => {
  const [, , , region, , , name = source] = source.split(':');
  const found = await describeInstance(region ? rdsClientOf(region) : rdsClient(), name);
  if (!found || statusOf(found.DBInstanceStatus ?? '') === 'failed') return;
  throw new ActionImpossible(
    `${id}: follows ${name}, which is ${found.DBInstanceStatus}; promoted it would be a second writer`,
    { id, source, status: found.DBInstanceStatus },
  );
};

export const rdsOperations = adapter(tableSetting, ({ CONTROL_TABLE }) => operationsOver(tableNamed(CONTROL_TABLE)));
