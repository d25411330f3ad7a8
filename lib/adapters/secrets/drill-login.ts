import { createHmac } from 'node:crypto';
import { AddTagsToResourceCommand, type DBInstance, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import * as v from 'valibot';
import type { DrillMark } from '../../contracts/database.ts';
import { DependencyUnavailable } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import type { Login } from '../postgres/login.ts';
import { rdsClient } from '../rds/client.ts';
import { dependency } from '../rds/reading.ts';
import { hasOwnLogin, ownLoginTags } from '../rds/tags.ts';
import { readSecret } from './read-secret.ts';

/** Shorter ones can be guessed. */
const Key = v.pipe(v.string(), v.minLength(32));

/** The same drill has the same password in every process; whoever knows one knows no other, and none of production. */
export const passwordOf = (key: string, drill: string): string =>
  createHmac('sha256', key).update(drill).digest('base64url');

/** A copy comes with the passwords of production. Done twice it is the same; the tag says that it need not be done again. */
const makeItsOwn = async ({ DBInstanceIdentifier, DBInstanceArn }: DBInstance, password: string): Promise<void> => {
  const change = { DBInstanceIdentifier, MasterUserPassword: password, ApplyImmediately: true };
  await calling(dependency, () => rdsClient().send(new ModifyDBInstanceCommand(change)));
  const tags = { ResourceName: DBInstanceArn, Tags: ownLoginTags };
  await calling(dependency, () => rdsClient().send(new AddTagsToResourceCommand(tags)));
};

const isSettled = ({ DBInstanceStatus, PendingModifiedValues }: DBInstance): boolean =>
  DBInstanceStatus === 'available' && PendingModifiedValues?.MasterUserPassword === undefined;

/**
 * The login of a drill's copy, which production's never is. Errors: `DependencyUnavailable` while it is being made, a minute
 * or two; the same call later goes on from there.
 */
export const drillLogin = async (copy: DBInstance, { drill }: DrillMark, keySecret: string): Promise<Login> => {
  const id = copy.DBInstanceIdentifier;
  const { Address: host, Port: port } = copy.Endpoint ?? {};
  const user = copy.MasterUsername;
  if (!host || !port || !user || !isSettled(copy)) throw notYet(id, copy.DBInstanceStatus);
  const password = passwordOf(await readSecret(keySecret, Key), drill);
  if (!hasOwnLogin(copy.TagList)) {
    await makeItsOwn(copy, password);
    throw notYet(id, 'resetting-master-credentials');
  }
  return { host, port, user, password, database: copy.DBName ?? 'postgres', drill: true };
};

const notYet = (id: string | undefined, status: string | undefined) =>
  new DependencyUnavailable(`instance ${id}: cannot be logged in to yet, it is ${status}`, { id, status });
