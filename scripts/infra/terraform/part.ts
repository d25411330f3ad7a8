import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Part, type PartReport, totalOf } from '../part.ts';
import { appliedEnvironment, applyStaging } from './apply.ts';
import { initialise, pluginCache } from './command.ts';
import { testFolders } from './test-folders.ts';
import { copyTerraform, type Workspace } from './workspace.ts';

/**
 * Form, validity, rules, and staging made for real. The apply waits most of its time, so it goes on beside the rules; in a
 * copy of its own, because it overlooks what its stand-in forgets, and rules must not.
 */
export const terraformPart: Part = async (say) => {
  await mkdir(pluginCache, { recursive: true });
  return inCopy(async (rules) => {
    const places = [...rules.modules, ...rules.environments];
    if (!rules.environments.includes(appliedEnvironment))
      throw new Error(`terraform/${appliedEnvironment}: there is none to apply`);
    for (const place of places) await initialise(join(rules.folder, place), '-backend=false');
    const reports = await Promise.all([
      testFolders(rules, places, say),
      inCopy((applied) => applyStaging(applied, say)).catch(refused),
    ]);
    return joined(reports);
  });
};

const refused = ({ message }: Error): PartReport => ({
  counts: {},
  problems: [`terraform/${appliedEnvironment}: rule "staging can be applied": ${message}`],
});

const joined = (reports: readonly PartReport[]): PartReport => ({
  counts: totalOf(reports),
  problems: reports.flatMap(({ problems }) => problems),
});

const inCopy = async <T>(work: (workspace: Workspace) => Promise<T>): Promise<T> => {
  const workspace = await copyTerraform();
  try {
    return await work(workspace);
  } finally {
    await rm(join(workspace.folder, '..'), { recursive: true, force: true });
  }
};
