import { join } from 'node:path';
import { build } from 'esbuild';
import { esbuildOptions } from '../../serverless/bundling.ts';
import { type ServiceFunction, serviceFunctions } from '../../serverless/service.ts';

/** Which part of IAM a client's commands belong to. */
const servicePrefix: Readonly<Record<string, string>> = {
  'client-acm': 'acm',
  'client-cloudfront': 'cloudfront',
  'client-cloudwatch': 'cloudwatch',
  'client-dynamodb': 'dynamodb',
  'client-ecr': 'ecr',
  'client-eks': 'eks',
  'client-elastic-load-balancing-v2': 'elasticloadbalancing',
  'client-elasticache': 'elasticache',
  'client-eventbridge': 'events',
  'client-kms': 'kms',
  'client-rds': 'rds',
  'client-route-53': 'route53',
  'client-s3': 's3',
  'client-scheduler': 'scheduler',
  'client-secrets-manager': 'secretsmanager',
  'client-sfn': 'states',
};

/**
 * Commands that go by another name in IAM. A transaction is allowed by the actions of its parts; ours are made of puts
 * (lib/adapters/dynamodb/table.ts), and those in `partsBeside` of others too.
 */
const actionOf: Readonly<Record<string, string>> = {
  'dynamodb:TransactWriteItems': 'dynamodb:PutItem',
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectsV2': 's3:ListBucket',
};

/** By our own file: what its transactions are made of beside puts and updates, and what its locks and keys need. */
const partsBeside: Readonly<Record<string, readonly string[]>> = {
  'lib/adapters/dynamodb/incidents.ts': ['dynamodb:DeleteItem'],
  'lib/adapters/s3/evidence-vault.ts': ['kms:GenerateDataKey', 's3:PutObjectRetention'],
};

const throughRds = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];
/** What a command needs beside its own action: for its tags, its lock, its key or the role it hands on. */
const alsoNeeded: Readonly<Record<string, readonly string[]>> = {
  'rds:CopyDBSnapshot': ['rds:AddTagsToResource', ...throughRds],
  'rds:CreateDBSnapshot': ['rds:AddTagsToResource'],
  'rds:RestoreDBInstanceFromDBSnapshot': ['rds:AddTagsToResource', ...throughRds],
  'rds:RestoreDBInstanceToPointInTime': ['rds:AddTagsToResource', ...throughRds],
  's3:GetObject': ['kms:Decrypt'],
  'scheduler:CreateSchedule': ['iam:PassRole'],
  'secretsmanager:GetSecretValue': ['kms:Decrypt'],
};

/** The SDK's own machinery: commands that are in a bundle although no line of ours sends them. */
export const machinery: Readonly<Record<string, string>> = {
  'dynamodb:DescribeEndpoints': 'endpoint discovery, which is off',
  's3:CreateSession': 'for directory buckets, of which there are none',
  'dynamodb:Scan': 'kept for a paginator that the bundler cannot prove unused',
};

const commandFile = /@aws-sdk\/(client-[\w-]+)\/dist-es\/commands\/(\w+)Command\.js$/;

const actionIn = (file: string): string | undefined => {
  const [, client = '', command] = commandFile.exec(file) ?? [];
  if (!command) return undefined;
  const action = `${servicePrefix[client] ?? client}:${command}`;
  return actionOf[action] ?? action;
};

const root = join(import.meta.dirname, '../..');

/** By function key: the files with code in its bundle, as they are after tree-shaking. */
export const bundledFiles = async (functions: readonly ServiceFunction[] = serviceFunctions) => {
  const { metafile } = await build({
    ...esbuildOptions,
    minify: false,
    absWorkingDir: root,
    entryPoints: Object.fromEntries(functions.map(({ key, file }) => [key, file])),
    outdir: 'unwritten',
    write: false,
    metafile: true,
  });
  const filesOf = (key: string) => {
    const inputs = metafile.outputs[`unwritten/${key}.js`]?.inputs ?? {};
    return Object.keys(inputs).filter((file) => (inputs[file]?.bytesInOutput ?? 0) > 0);
  };
  return new Map(functions.map(({ key }) => [key, filesOf(key)]));
};

/** The actions that the code of a bundle can ask AWS for. */
export const actionsIn = (files: readonly string[]): string[] => {
  const asked = files.map(actionIn).filter((action) => action !== undefined && !(action in machinery)) as string[];
  const parts = files.flatMap((file) => partsBeside[file] ?? []);
  return [...new Set([...parts, ...asked.flatMap((action) => [action, ...(alsoNeeded[action] ?? [])])])].sort();
};
