import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from '../part.ts';
import { appliedEnvironment, applyStaging } from './apply.ts';
import { pluginCache } from './command.ts';
import { testFolders } from './test-folders.ts';
import { copyTerraform } from './workspace.ts';

/** Form, validity, rules, and staging made for real. */
export const terraformPart: Part = async (say) => {
  await mkdir(pluginCache, { recursive: true });
  const workspace = await copyTerraform();
  try {
    const tested = await testFolders(workspace, say);
    if (!existsSync(join(workspace.folder, appliedEnvironment))) {
      return { ...tested, problems: [...tested.problems, `terraform/${appliedEnvironment}: there is none to apply`] };
    }
    const applied = await applyStaging(workspace, say);
    return {
      counts: { ...tested.counts, ...applied.counts, rules: (tested.counts.rules ?? 0) + (applied.counts.rules ?? 0) },
      problems: [...tested.problems, ...applied.problems],
    };
  } finally {
    await rm(join(workspace.folder, '..'), { recursive: true, force: true });
  }
};
