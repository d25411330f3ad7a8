import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inEnvironment } from '../../scripts/python-environment.ts';
import { first, newDisasterWorld } from './disaster-world.ts';
import { filledIn, linesOf } from './runbook-lines.ts';

/*
 * docs/runbooks/disaster.md, typed line by line by a shell that keeps its variables, against moto and with the real command line of AWS.
 * A wrong option, an old name, or a query that finds nothing where something is, ends a line with an error.
 */

/** Servers of their own, that moto does not have. Whatever else the page holds is typed. */
const elsewhere = /^(psql|kubectl) /;
/** Two ways to the same end: the page means one of them, so the second gets a name of its own. */
const alternative = { line: /restore-db-instance-to-point-in-time/, before: 'NEW=$NEW-b' };
const lineMs = 60_000;
const allMs = 600_000;

type Typed = { line: string; code: number; out: string; errors: string };

let folder: string;
let world: Awaited<ReturnType<typeof newDisasterWorld>>;
const typed: Typed[] = [];

const type = (line: string): Promise<Typed> =>
  new Promise((resolve) => {
    const script = `set -a -o pipefail\nsource variables\n${line}\ncode=$?\nexport -p > variables\nexit $code`;
    const env = {
      ...process.env,
      PATH: `${dirname(inEnvironment('aws'))}${delimiter}${process.env.PATH}`,
      HOME: folder,
      KUBECONFIG: join(folder, 'kubeconfig'),
      USER: 'somebody',
      AWS_PAGER: '',
    };
    execFile('bash', ['-c', script], { cwd: folder, env, timeout: lineMs }, (error, out, errors) =>
      resolve({ line, code: error ? 1 : 0, out, errors }),
    );
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-disaster-'));
  await writeFile(join(folder, 'variables'), '');
  world = await newDisasterWorld();
  const page = await readFile('docs/runbooks/disaster.md', 'utf8');
  for (const line of linesOf(page, 'The same on the twin').filter((one) => !elsewhere.test(one))) {
    if (alternative.line.test(line)) await type(alternative.before);
    typed.push(await type(filledIn(line, world.values)));
  }
}, allMs);
afterAll(() => rm(folder, { recursive: true }));

const saying = (part: string): Typed => {
  const found = typed.find(({ line }) => line.includes(part));
  if (!found) throw new Error(`the page has no line with "${part}"`);
  return found;
};

test('every line of the page is taken by the command line and by AWS', () => {
  expect(typed.length).toBeGreaterThan(20);
  expect(typed.filter(({ code }) => code !== 0)).toEqual([]);
});

test('no name that the page looks up is missing', () => {
  expect(typed.filter(({ out }) => /^None$/m.test(out))).toEqual([]);
});

test('the newest proven backup is found in the table, in the evidence, and by its tag', () => {
  expect(saying('dynamodb query').out).toMatch(/proven\s+complete\s+evenkeel-mcp-ui-b1/);
  expect(saying('for file in evidence').out).toContain('healthy');
  expect(saying('describe-db-snapshots').out).toMatch(/evenkeel-mcp-ui-b1\s+mcp-ui-b1/);
});

const instance = async (DBInstanceIdentifier: string) => {
  const found = await new RDSClient({ region: first }).send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
  return found.DBInstances?.[0];
};

test('the rescued database has the name of the lost one, and its group', async () => {
  const rescued = await instance('evenkeel-production');
  expect(rescued?.TagList).toContainEqual({ Key: 'rescue', Value: 'somebody' });
  expect(rescued?.DeletionProtection).toBe(true);
});

test('the broken one is kept, and nobody lost it', async () => {
  expect(await instance('evenkeel-production-broken')).toBeDefined();
});

/** moto takes a promotion, and goes on to name the source: that it ends the following is RDS's own. */
test('the old writer is behind the fence, and the replica is promoted', async () => {
  const fenced = await instance('evenkeel-production');
  expect(fenced?.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId)).toEqual([world.groups.fence]);
  expect(saying('promote-read-replica').out).toContain('"DBInstanceIdentifier": "evenkeel-second-region"');
});

test('the name leads to the second side', async () => {
  const { ZONE: HostedZoneId } = world.values;
  const found = await new Route53Client({ region: first }).send(new ListResourceRecordSetsCommand({ HostedZoneId }));
  const weights = (found.ResourceRecordSets ?? []).flatMap(({ SetIdentifier, Weight }) =>
    SetIdentifier ? [`${SetIdentifier} ${Weight}`] : [],
  );
  expect(weights.sort()).toEqual(['primary 0', 'second 100']);
});

test('a line that AWS does not take is seen', async () => {
  expect((await type('aws rds describe-db-instances --no-such-option')).code).not.toBe(0);
  expect((await type('aws rds describe-db-instances --db-instance-identifier nobody')).code).not.toBe(0);
});
