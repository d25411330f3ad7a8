import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../../twin/live/process/free-port.ts';
import { answering, awsAt, ensureMoto } from '../../moto.ts';
import { inEnvironment } from '../../python-environment.ts';
import { appliedDrift } from '../drift/applied.ts';
import { root } from '../kubernetes/cache.ts';
import type { PartReport, Say } from '../part.ts';
import { prepareAccount } from './account.ts';
import { initialise, mustTerraform } from './command.ts';
import { forgottenProblems, isForgotten, overlookForgotten } from './forgotten.ts';
import { gapProblems, readGaps, readGraph, targetsOf } from './gaps.ts';
import { writeOverride } from './override.ts';
import type { Workspace } from './workspace.ts';

export const appliedEnvironment = 'environments/staging';

/** Makes staging on moto, asks whether anything would change, and takes it down. */
export const applyStaging = async (workspace: Workspace, say: Say): Promise<PartReport> => {
  await ensureMoto();
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const moto = spawn(inEnvironment('moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    // Roles are given policies that AWS manages; without this moto knows none of them.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    stdio: 'ignore',
  });
  try {
    await answering(`${endpoint}/moto-api/`, moto);
    return await applyAt(workspace, awsAt(endpoint), say);
  } finally {
    moto.kill();
  }
};

const applyAt = async ({ folder }: Workspace, env: Record<string, string>, say: Say): Promise<PartReport> => {
  const place = join(folder, appliedEnvironment);
  const all = readGaps(await readFile(join(root, 'terraform/moto-gaps.md'), 'utf8'));
  const gaps = all.filter((gap) => !isForgotten(gap));
  await writeOverride(place);
  await overlookForgotten(folder, all);
  await initialise(place, '-reconfigure');
  const graph = readGraph(await mustTerraform(place, ['graph'], env));
  const targets = targetsOf(graph, gaps).map((address) => `-target=${address}`);
  const these = [...(await prepareAccount(folder, appliedEnvironment, env)), ...targets];
  say(`${appliedEnvironment} on moto: apply of ${targets.length || 'all'} of ${graph.resources.size} blocks ...`);
  await mustTerraform(place, ['apply', '-auto-approve', ...parallel, ...these], env);
  const appliedResources = await countOf(place, env);
  say(`${appliedEnvironment} on moto: ${appliedResources} resources; plan ...`);
  const drift = await appliedDrift('staging', JSON.parse(await mustTerraform(place, ['show', '-json'], env)));
  const changes = await changesOf(place, these, env);
  say(`${appliedEnvironment} on moto: destroy ...`);
  await mustTerraform(place, ['destroy', '-auto-approve', '-refresh=false', ...parallel, ...these], env);
  const left = await countOf(place, env);
  const tests = await testsOf(join(folder, 'modules'));
  return {
    counts: { appliedResources, rules: drift.rules, planChangesAfterApply: changes.length },
    problems: [
      ...drift.problems,
      ...gapProblems(graph, gaps, tests),
      ...forgottenProblems(all, tests),
      ...changes.map((change) => `terraform/${appliedEnvironment}: rule "plan says no changes after apply": ${change}`),
      ...(left > 0 ? [`terraform/${appliedEnvironment}: rule "destroy leaves nothing": ${left} resources`] : []),
    ],
  };
};

/** moto answers at once; the time goes to waiting between two looks at what is being made. */
const parallel = ['-parallelism=30'];

const countOf = async (place: string, env: Record<string, string>): Promise<number> => {
  const list = await mustTerraform(place, ['state', 'list'], env);
  return list.split('\n').filter((address) => address && !/(^|\.)data\./.test(address)).length;
};

type Plan = { resource_changes?: { address: string; change: { actions: string[] } }[] };

const changesOf = async (place: string, these: string[], env: Record<string, string>): Promise<string[]> => {
  await mustTerraform(place, ['plan', '-out=again.tfplan', ...these], env);
  const plan = JSON.parse(await mustTerraform(place, ['show', '-json', 'again.tfplan'], env)) as Plan;
  return (plan.resource_changes ?? [])
    .filter(({ change: { actions } }) => actions.some((action) => action !== 'no-op' && action !== 'read'))
    .map(({ address, change: { actions } }) => `${address} (${actions.join(', ')})`);
};

const testsOf = async (modules: string): Promise<(module: string) => string> => {
  const files = (await readdir(modules, { recursive: true })).filter((file) => file.endsWith('.tftest.hcl'));
  return (module) =>
    files
      .filter((file) => file.startsWith(`${module}/`))
      .map((file) => readFileSync(join(modules, file), 'utf8'))
      .join('\n');
};
