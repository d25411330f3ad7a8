import { type DBInstance, ModifyDBInstanceCommand, type RDSClient } from '@aws-sdk/client-rds';
import { ActionImpossible } from '../../contracts/failures.ts';
import { type Extension, extendedGib } from '../../domain/remediation/extended-storage.ts';
import type { Growth } from '../../ports/data-tier.ts';
import { calling } from '../aws/failures.ts';
import { dependency } from './reading.ts';

/** Errors: `ActionImpossible` at the limit, and while other changes wait: they would be made at once with this one. */
export const planExtension = (
  { DBInstanceIdentifier: id, AllocatedStorage: fromGib = 0, PendingModifiedValues = {} }: DBInstance,
  growth: Growth,
): Extension => {
  const waiting = Object.keys(PendingModifiedValues);
  if (waiting.length > 0)
    throw new ActionImpossible(`${id}: ${waiting.join(', ')} wait for its maintenance, and would be changed at once`, {
      id,
      waiting,
    });
  const toGib = extendedGib(fromGib, growth);
  if (toGib !== undefined) return { fromGib, toGib };
  throw new ActionImpossible(`${id}: has ${fromGib} GiB, and may have ${growth.atMostGib} at most`, { id, ...growth });
};

/** A declaration: what has the size, or is getting it, stays as it is. */
export const extendTo = async (client: RDSClient, server: DBInstance, toGib: number): Promise<void> => {
  const { DBInstanceIdentifier, AllocatedStorage = 0, PendingModifiedValues } = server;
  if (Math.max(AllocatedStorage, PendingModifiedValues?.AllocatedStorage ?? 0) >= toGib) return;
  const wish = { DBInstanceIdentifier, AllocatedStorage: toGib, ApplyImmediately: true };
  await calling(dependency, async () => {
    try {
      await client.send(new ModifyDBInstanceCommand(wish));
    } catch (error) {
      throw isRefusal(error) ? impossible(wish.DBInstanceIdentifier, error) : error;
    }
  });
};

/** Within six hours of a growth, beyond what autoscaling may do, or with another kind of disk. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && ['InvalidParameterCombination', 'InvalidParameterValue'].includes(error.name);
const impossible = (id: string | undefined, cause: Error) =>
  new ActionImpossible(`${id}: ${cause.message}`, { id }, { cause });
