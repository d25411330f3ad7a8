import {
  accountArn,
  allow,
  arnOf,
  pascal,
  type Resources,
  ref,
  type Statement,
  stackName,
  sub,
  type Value,
} from './cloudformation.ts';
import { grants } from './grants.ts';
import { type Boundary, role } from './role.ts';
import { isTrigger, type ServiceFunction, serviceFunctions } from './service.ts';
import { settings } from './settings.ts';

const adapterImport = /^import \{ (\w+) \} from '\.\.\/\.\.\/lib\/adapters\//gm;

/** The adapters that a function's file hands to the factory; it imports no others (the linter refuses unused imports). */
export const adaptersOf = ({ source }: Pick<ServiceFunction, 'source'>): string[] =>
  [...source.matchAll(adapterImport)].map(([, name]) => name ?? '');

const grantOf = (name: string, file: string) => {
  const grant = grants[name];
  if (grant) return grant;
  throw new Error(`${file} uses the adapter ${name}, which has no entry in serverless/grants.ts`);
};

const settingOf = (setting: string, file: string): Value => {
  const value = settings[setting];
  if (value !== undefined) return value;
  throw new Error(`${file} needs the setting ${setting}, which has no entry in serverless/settings.ts`);
};

const environmentOf = (fn: ServiceFunction): Record<string, Value> => {
  const names = adaptersOf(fn).flatMap((name) => Object.keys(grantOf(name, fn.file).config));
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, settingOf(name, fn.file)]));
};

/** The Kubernetes API, slots that are not released, and databases are reached from inside the network alone. */
const ofTheCluster: readonly string[] = ['awsInventory', 'certificateRenewals', 'eksCluster'];
const probesOnly: readonly string[] = [
  ...ofTheCluster,
  'eksExports',
  'eksPods',
  'httpProbe',
  'rdsWriters',
  'regionWitnesses',
];
const readers: readonly string[] = ['postgresContents', 'postgresSessions'];
const insideOnly: readonly string[] = [...probesOnly, ...readers];
const isInside = (fn: ServiceFunction): boolean => adaptersOf(fn).some((name) => insideOnly.includes(name));

const network = allow(
  [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ],
  '*',
);
const traces = allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*');
const logGroup = `/aws/lambda/${stackName}-functions`;
const logs = allow(['logs:CreateLogStream', 'logs:PutLogEvents'], accountArn('logs', `log-group:${logGroup}:*`));
/** Lambda puts an event that a trigger gave up on into the queue with the trigger's own role. */
const deadLetters = allow(['sqs:SendMessage'], arnOf('EventDeadLetters'));

const statementsOf = (fn: ServiceFunction): Statement[] => [
  logs,
  traces,
  ...(isInside(fn) ? [network] : []),
  ...(isTrigger(fn) ? [deadLetters] : []),
  ...adaptersOf(fn).flatMap((name) => grantOf(name, fn.file).allows),
];

/** Rebooting a database is for those alone that are there to do it. */
const boundaryOf = ({ file }: ServiceFunction): Boundary =>
  file.startsWith('functions/remediation/act-') ? 'actors' : 'functions';

export const roleIdOf = (key: string): string => `${pascal(key)}Role`;

/** By function key: exactly the settings of its adapters. */
export const environments = Object.fromEntries(serviceFunctions.map((fn) => [fn.key, environmentOf(fn)]));

/** Who reads databases does so as a member of a group of its own: no other function is let in there. */
const groupsOf = (fn: ServiceFunction): Value[] => {
  const adapters = adaptersOf(fn);
  const uses = (names: readonly string[]) => adapters.some((name) => names.includes(name));
  const [reads, asks] = [uses(readers), uses(probesOnly)];
  return [...(asks ? [ref('FunctionSecurityGroupId')] : []), ...(reads ? [ref('ReaderSecurityGroupId')] : [])];
};

/** By function key: where it runs, for those that must be in the network. The others stay out of it, and start sooner. */
export const networks = Object.fromEntries(
  serviceFunctions.filter(isInside).map((fn) => [
    fn.key,
    {
      securityGroupIds: groupsOf(fn),
      subnetIds: { 'Fn::Split': [',', ref('FunctionSubnetIds')] },
    },
  ]),
);

const accessGroup = ref('AccessGroup');
/**
 * By adapter. Who makes jobs can run what may read secrets, and who evicts pods can take a service down: groups apart from the one that
 * fills slots.
 */
const kubernetesGroups: Readonly<Record<string, Value>> = {
  ...Object.fromEntries(ofTheCluster.map((name) => [name, accessGroup])),
  eksExports: sub(`\${AccessGroup}-exports`),
  eksPods: sub(`\${AccessGroup}-acts`),
};

const kubernetesGroupsOf = (fn: ServiceFunction): Value[] => [
  ...new Set(adaptersOf(fn).flatMap((name) => kubernetesGroups[name] ?? [])),
];

/**
 * The cluster knows a function's role as a member of the groups that its manifests bind. Made here and not by Terraform:
 * an entry names a role that exists, and a role that is replaced needs a new one in the same breath.
 */
export const accessEntries: Resources = Object.fromEntries(
  serviceFunctions
    .filter((fn) => kubernetesGroupsOf(fn).length > 0)
    .map((fn) => [
      `${pascal(fn.key)}Access`,
      {
        Type: 'AWS::EKS::AccessEntry',
        Properties: {
          ClusterName: ref('ClusterName'),
          PrincipalArn: arnOf(roleIdOf(fn.key)),
          KubernetesGroups: kubernetesGroupsOf(fn),
        },
      },
    ]),
);

/** One role per function, by logical id. */
export const functionRoles: Resources = Object.fromEntries(
  serviceFunctions.map((fn) => [
    roleIdOf(fn.key),
    role({ service: 'lambda.amazonaws.com' }, boundaryOf(fn), statementsOf(fn)),
  ]),
);

/** One for all: a run passes through many functions, and whoever looks for it searches in one place. */
export const functionLogs: Resources = {
  FunctionLogs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: logGroup, RetentionInDays: 90 } },
};
