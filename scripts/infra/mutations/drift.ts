import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { allWrittenRules, readWritten } from '../drift/part.ts';
import { brokenRules } from '../drift/rule.ts';
import { root } from '../kubernetes/cache.ts';
import type { Say } from '../part.ts';
import { copyTerraform } from '../terraform/workspace.ts';
import { type Mutation, uncaught } from './mutation.ts';

const environment = 'terraform/environments/second-region/main.tf';

const mutations: readonly Mutation[] = [
  {
    name: 'a name is left behind by a failover',
    file: 'config/catalog.yml',
    removes: /api\.mcp-ui\.example\.com, /g,
  },
  {
    name: 'a drill moves a name that is another',
    file: 'terraform/modules/edge/main.tf',
    removes: /-drill(?=\.\$\{var\.domain\})/g,
  },
  { name: 'the replica is another', file: 'config/catalog.yml', removes: /(?<=replica: evenkeel-second)-region/g },
  {
    name: 'the fence is no longer called one',
    file: 'terraform/modules/database/access.tf',
    removes: /(?<=name += "\$\{local\.name\})-fence/g,
  },
  { name: 'the replica may not be promoted', file: environment, removes: /^ *failover_side += .*\n/gm },
  {
    name: 'the heartbeat is sent to nobody',
    file: 'terraform/modules/failover/main.tf',
    removes: /(?<="Healthy)Targets/g,
  },
];

/** Faults between catalog and Terraform that no rule of drift notices. */
export const uncaughtInDrift = async (say: Say): Promise<string[]> => {
  const { folder } = await copyTerraform();
  const copy = join(folder, '..');
  try {
    await cp(join(root, 'config'), join(copy, 'config'), { recursive: true });
    const check = async () => brokenRules('drift', allWrittenRules, await readWritten(copy));
    const problems = (await check()).map((problem) => `before any mutation: ${problem}`);
    for (const mutation of mutations) problems.push(...(await uncaught(mutation, copy, check, say)));
    return problems;
  } finally {
    await rm(copy, { recursive: true });
  }
};
