import { expect, test } from '@jest/globals';
import { type Applied, accessRules, boundaryRules } from '../../scripts/infra/drift/applied-rules.ts';
import { allows } from '../../scripts/infra/drift/boundary.ts';
import { stackNames } from '../../scripts/infra/drift/names.ts';
import { readCatalog } from '../../scripts/infra/drift/part.ts';
import { resourcesIn } from '../../scripts/infra/drift/stack-statements.ts';
import type { Resource } from '../../scripts/infra/drift/state.ts';
import { allow, ref, sub } from '../../serverless/cloudformation.ts';

const resource = (type: string, values: Record<string, unknown>): Resource => ({
  address: type,
  mode: 'managed',
  type,
  name: 'this',
  values,
});
const parameter = (name: string, value: string) =>
  resource('aws_ssm_parameter', { name: `/evenkeel/staging/${name}`, value });
const boundaryOf = (whose: string, ...Resource: string[]) =>
  resource('aws_iam_policy', {
    name: `evenkeel-staging-boundary-${whose}`,
    policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: ['rds:CreateDBSnapshot'], Resource }] }),
  });

const boundary = (...Resource: string[]) => boundaryOf('functions', ...Resource);

const topic = parameter('alarm-topic-arn', 'arn:aws:sns:eu-west-1:123456789012:alarms');
const database = 'arn:aws:rds:eu-west-1:123456789012:db:shop';
const arns = parameter('database-arns', database);
const statements = [
  {
    role: 'BackupRole',
    boundary: 'functions' as const,
    statement: allow(['rds:CreateDBSnapshot'], ref('DatabaseArns')),
  },
];

const applied = async (resources: Resource[], cluster: Applied['cluster'] = []): Promise<Applied> => ({
  stage: 'staging',
  resources,
  objects: [],
  cluster,
  catalog: await readCatalog(),
  names: { ...stackNames, statements },
});
const outside = async (...resources: Resource[]) => boundaryRules[0]?.broken(await applied(resources));

test('what a role may touch is within a boundary that names it', async () => {
  expect(await outside(topic, arns, boundary(database))).toEqual([]);
});

test.each([
  ['another database', boundary('arn:aws:rds:eu-west-1:123456789012:db:other'), /BackupRole: .*db:shop is outside/],
  ['nothing', boundary(), /is outside/],
  ['no boundary at all', parameter('other', ''), /evenkeel-staging-boundary-functions is missing/],
  [
    'it, but for roles of another kind',
    boundaryOf('actors', database),
    /evenkeel-staging-boundary-functions is missing/,
  ],
])('a boundary that names %s is seen', async (_, policy, problem) => {
  expect((await outside(topic, arns, policy))?.join()).toMatch(problem);
});

test.each([
  ['arn:aws:rds:*:1:db:*', 'arn:aws:rds:eu-west-1:1:db:shop', true],
  ['arn:aws:rds:eu-west-1:1:db:*', 'arn:aws:rds:*:1:db:shop', false],
  ['arn:aws:s3:::evidence/*', 'arn:aws:s3:::evidence', false],
  ['arn.aws', 'arn:aws', false],
])('%s and %s: %s', (pattern, touched, expected) => {
  const policy = { Statement: [{ Effect: 'Allow', Action: 'x:Y', Resource: pattern }] };
  expect(allows(policy, 'x:Y', touched)).toBe(expected);
});

test('a value that nobody writes is no pass', () => {
  const place = { stage: 'staging', region: 'eu-west-1', account: '1', values: {} };
  expect(() => resourcesIn(allow(['x:Y'], ref('DatabaseArns')), place)).toThrow('DatabaseArns');
  expect(() => resourcesIn(allow(['x:Y'], sub(`\${Nobody}`)), place)).toThrow('Nobody');
});

test('every statement of the stack says what it touches, once its parameters are known', () => {
  const values = Object.fromEntries(stackNames.parameters.map((name) => [name, name]));
  const place = { stage: 'staging', region: 'eu-west-1', account: '1', values };
  const touched = stackNames.statements.flatMap(({ statement }) => resourcesIn(statement, place));
  expect(touched.length).toBeGreaterThan(100);
  expect(touched.filter((one) => one === '' || one.includes('undefined'))).toEqual([]);
});

const account = (namespace: string, name: string) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name,
    namespace,
    annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/evenkeel-staging-prometheus' },
  },
});
const trust = (subject: string) =>
  resource('aws_iam_role', { name: 'evenkeel-staging-prometheus', assume_role_policy: subject });

test.each([
  ['has its role', account('monitoring', 'prometheus'), 0],
  ['is in another namespace than its role trusts', account('mcp-ui', 'prometheus'), 2],
])('an account of the monitoring that %s', async (_, made, problems) => {
  const world = await applied([trust('system:serviceaccount:monitoring:prometheus')], [made]);
  expect(accessRules[0]?.broken(world)).toHaveLength(problems);
});

const binding = (group: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: group },
  subjects: [{ kind: 'Group', name: group }],
});

test.each([
  ['all that functions are members of', ['evenkeel', 'evenkeel-acts', 'evenkeel-exports'], []],
  ['one less', ['evenkeel', 'evenkeel-exports'], [/evenkeel-acts/]],
  ['one that no function is a member of', ['evenkeel', 'evenkeel-acts', 'evenkeel-exports', 'left'], [/left/]],
])('groups that manifests bind: %s', async (_, bound, problems) => {
  const world = { ...(await applied([parameter('access-group', 'evenkeel')])), objects: bound.map(binding) };
  const rule = accessRules.find(({ name }) => name.startsWith('the groups of the stack'));
  expect(rule?.broken(world)).toEqual(problems.map((problem) => expect.stringMatching(problem)));
});
