import { join } from 'node:path';
import { type Finished, finished } from '../finished.ts';
import { cacheFolder } from '../kubernetes/cache.ts';

/** No questions, no colours, no news from the vendor, and no settings of whoever runs the check. */
const quiet = { TF_IN_AUTOMATION: '1', TF_INPUT: '0', TF_CLI_ARGS: '', CHECKPOINT_DISABLE: '1', NO_COLOR: '1' };

/** The provider waits for what never comes for up to hours. */
const commandMs = 1_200_000;

/** Runs terraform in a folder. Errors: only when it cannot be started; what it says is for the caller to judge. */
export const terraform = (
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Finished> => {
  const { TF_CLI_CONFIG_FILE: _, ...inherited } = process.env;
  return finished('terraform', args, { cwd: folder, env: { ...inherited, ...quiet, ...env }, timeout: commandMs });
};

/** As `terraform`. Errors: what it said, when it ends with anything but 0. */
export const mustTerraform = async (
  folder: string,
  args: readonly string[],
  env?: Record<string, string>,
): Promise<string> => {
  const { code, out, errors } = await terraform(folder, args, env);
  if (code === 0) return out;
  throw new Error(`terraform ${args[0]} in ${folder} ended with ${code}: ${errors.trim() || out.trim()}`);
};

/**
 * Providers come from the folder TF_MIRROR (it holds `registry.terraform.io/`), otherwise from the registry, once for all
 * folders. One folder at a time: the cache of providers is not made for two writers.
 */
export const initialise = (folder: string, ...more: string[]): Promise<string> => {
  const mirror = process.env.TF_MIRROR;
  const args = ['init', ...(mirror ? [`-plugin-dir=${mirror}`] : []), ...more];
  return mustTerraform(
    folder,
    args,
    mirror ? {} : { TF_PLUGIN_CACHE_DIR: pluginCache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1' },
  );
};

export const pluginCache = join(cacheFolder, 'terraform-providers');
