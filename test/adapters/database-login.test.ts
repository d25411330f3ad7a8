import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddTagsToResourceCommand,
  type DBInstance,
  DBInstanceNotFoundFault,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { databaseLoginSettings, databaseLogins } from '../../lib/adapters/secrets/database-login.ts';
import { passwordOf } from '../../lib/adapters/secrets/drill-login.ts';
import { parseConfig } from '../../lib/runtime/config.ts';
import { failure } from '../contracts/good.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-login-'));
const DATABASE_CA_FILE = join(folder, 'ca.pem');
writeFileSync(DATABASE_CA_FILE, 'an authority');
afterAll(() => rmSync(folder, { recursive: true }));

const settings = { DATABASE_SECRETS: '{"shop":"arn:shop"}', DRILL_KEY_SECRET: 'arn:key', DATABASE_CA_FILE };
const rds = mockClient(RDSClient);
const secrets = mockClient(SecretsManagerClient);
const loginFor = (id: string) => databaseLogins(parseConfig(databaseLoginSettings, settings))(id);

const key = 'k'.repeat(32);
const ofProduction = {
  host: 'shop.example',
  port: 5433,
  username: 'shop',
  password: 'of-production',
  dbname: 'orders',
};
const holds = (id: string, value: unknown) =>
  secrets
    .on(GetSecretValueCommand, { SecretId: id })
    .resolves({ SecretString: typeof value === 'string' ? value : JSON.stringify(value) });

const marked = [
  { Key: 'evenkeel:drill', Value: 'shop-d1' },
  { Key: 'evenkeel:remove-by', Value: '2026-05-02T16:00:00.000Z' },
];
const copyId = 'evenkeel-drill-shop-d1';
const aCopy = (differs: Partial<DBInstance> = {}): DBInstance => ({
  DBInstanceIdentifier: copyId,
  DBInstanceArn: `arn:aws:rds:eu-west-1:123456789012:db:${copyId}`,
  DBInstanceStatus: 'available',
  DBName: 'orders',
  MasterUsername: 'shop',
  Endpoint: { Address: 'copy.example', Port: 5432 },
  TagList: [...marked, { Key: 'evenkeel:login', Value: 'own' }],
  ...differs,
});
const described = (instance: DBInstance) => rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [instance] });

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
  holds('arn:shop', ofProduction);
  holds('arn:key', key);
  rds.on(DescribeDBInstancesCommand).rejects(new DBInstanceNotFoundFault({ message: 'none', $metadata: {} }));
  rds.on(ModifyDBInstanceCommand).resolves({});
  rds.on(AddTagsToResourceCommand).resolves({});
});
afterEach(() => {
  rds.reset();
  secrets.reset();
});

describe('the login of production', () => {
  test('is what its secret says', async () => {
    expect(await loginFor('shop')).toEqual({
      host: 'shop.example',
      port: 5433,
      user: 'shop',
      password: 'of-production',
      database: 'orders',
      drill: false,
      ssl: { ca: 'an authority' },
    });
    expect(rds.calls()).toEqual([]);
  });

  test('is looked up where the secret does not say it', async () => {
    holds('arn:shop', { username: 'shop', password: 'of-production' });
    described(aCopy({ DBInstanceIdentifier: 'shop', TagList: [] }));
    expect(await loginFor('shop')).toMatchObject({ host: 'copy.example', port: 5432, database: 'orders' });
  });

  test('is never set', async () => {
    await loginFor('shop');
    expect(rds.commandCalls(ModifyDBInstanceCommand)).toEqual([]);
  });

  test('that cannot be read says what is missing, and nothing of what is there', async () => {
    holds('arn:shop', { username: 'shop', pass: 'of-production' });
    const login = loginFor('shop');
    await expect(login).rejects.toEqual(failure('ConfigInvalid'));
    await expect(login).rejects.toThrow(/password/);
    await expect(login).rejects.not.toThrow(/of-production/);
  });

  test('is asked for once in a while only', async () => {
    const logins = databaseLogins(parseConfig(databaseLoginSettings, settings));
    for (const _ of ['once', 'again']) await logins('shop');
    expect(secrets.calls()).toHaveLength(1);
  });
});

describe("the login of a drill's copy", () => {
  test('is made its own before anybody gets it', async () => {
    described(aCopy({ TagList: marked }));
    await expect(loginFor(copyId)).rejects.toEqual(failure('DependencyUnavailable'));
    expect(rds.commandCalls(ModifyDBInstanceCommand)[0]?.args[0].input).toEqual({
      DBInstanceIdentifier: copyId,
      MasterUserPassword: passwordOf(key, 'shop-d1'),
      ApplyImmediately: true,
    });
    expect(rds.commandCalls(AddTagsToResourceCommand)[0]?.args[0].input).toEqual({
      ResourceName: aCopy().DBInstanceArn,
      Tags: [{ Key: 'evenkeel:login', Value: 'own' }],
    });
  });

  test('is given once it is in force, and is not set again', async () => {
    described(aCopy());
    expect(await loginFor(copyId)).toEqual({
      host: 'copy.example',
      port: 5432,
      user: 'shop',
      password: passwordOf(key, 'shop-d1'),
      database: 'orders',
      drill: true,
      ssl: { ca: 'an authority' },
    });
    expect(rds.commandCalls(ModifyDBInstanceCommand)).toEqual([]);
  });

  test.each<Partial<DBInstance>>([
    { DBInstanceStatus: 'resetting-master-credentials' },
    { PendingModifiedValues: { MasterUserPassword: '****' } },
    { DBInstanceStatus: 'creating' },
  ])('is not there yet: %j', async (differs) => {
    described(aCopy(differs));
    await expect(loginFor(copyId)).rejects.toEqual(failure('DependencyUnavailable'));
    expect(rds.commandCalls(ModifyDBInstanceCommand)).toEqual([]);
  });

  test('is set again when its tag was not written', async () => {
    described(aCopy({ TagList: marked }));
    rds.on(AddTagsToResourceCommand).rejectsOnce(new Error('the process ended')).resolves({});
    for (const _ of ['once', 'again']) await loginFor(copyId).catch(() => undefined);
    const passwords = rds.commandCalls(ModifyDBInstanceCommand).map(({ args }) => args[0].input.MasterUserPassword);
    expect(passwords).toEqual([passwordOf(key, 'shop-d1'), passwordOf(key, 'shop-d1')]);
  });

  test('differs for each drill, and RDS takes it', () => {
    expect(passwordOf(key, 'shop-d1')).not.toBe(passwordOf(key, 'shop-d2'));
    expect(passwordOf(key, 'shop-d1')).toMatch(/^[\w-]{43}$/);
  });

  test('needs a key that cannot be guessed', async () => {
    holds('arn:key', 'short');
    described(aCopy());
    await expect(loginFor(copyId)).rejects.toEqual(failure('ConfigInvalid'));
  });
});

test('an instance without a secret and without a mark has no login, and none is made', async () => {
  described(aCopy({ DBInstanceIdentifier: 'stock', TagList: [] }));
  await expect(loginFor('stock')).rejects.toEqual(failure('ConfigInvalid'));
  expect(rds.commandCalls(ModifyDBInstanceCommand)).toEqual([]);
});

test('an instance that does not exist is not found', async () => {
  await expect(loginFor('nowhere')).rejects.toEqual(failure('InstanceNotFound'));
});
