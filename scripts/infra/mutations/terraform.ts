import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Say } from '../part.ts';
import { initialise, terraform } from '../terraform/command.ts';
import { readRules } from '../terraform/rules.ts';
import { copyTerraform } from '../terraform/workspace.ts';
import { type Mutation, uncaught } from './mutation.ts';

const mutations: readonly (Mutation & { module: string })[] = [
  {
    name: 'a database is not encrypted',
    module: 'modules/database',
    file: 'modules/database/main.tf',
    removes: /^ *storage_encrypted += true\n/gm,
  },
  {
    name: 'an alarm on one metric tells nobody',
    module: 'modules/observability',
    file: 'modules/observability/alarms.tf',
    removes: /^ *alarm_actions += .*\n/gm,
  },
  {
    name: 'an alarm on traffic tells nobody',
    module: 'modules/observability',
    file: 'modules/observability/traffic-alarms.tf',
    removes: /^ *alarm_actions += .*\n/gm,
  },
];

/** Terraform mutations that no `terraform test` notices. */
export const uncaughtInTerraform = async (say: Say): Promise<string[]> => {
  const { folder } = await copyTerraform();
  try {
    const problems: string[] = [];
    for (const module of new Set(mutations.map((mutation) => mutation.module))) {
      const place = join(folder, module);
      await initialise(place, '-backend=false');
      const check = async () => {
        const { out, errors } = await terraform(place, ['test', '-json', '-filter=tests/rules.tftest.hcl']);
        return readRules(`terraform/${module}`, out + errors).problems;
      };
      problems.push(...(await check()).map((problem) => `before any mutation: ${problem}`));
      for (const mutation of mutations.filter((one) => one.module === module)) {
        problems.push(...(await uncaught(mutation, folder, check, say)));
      }
    }
    return problems;
  } finally {
    await rm(join(folder, '..'), { recursive: true });
  }
};
