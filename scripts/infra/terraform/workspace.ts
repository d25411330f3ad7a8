import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../kubernetes/cache.ts';

/** A copy of terraform/ in a folder of its own: whatever is generated or initialised never touches the repository. */
export type Workspace = { folder: string; modules: readonly string[]; environments: readonly string[] };

const leftOut = new Set(['.terraform', 'terraform.tfstate']);

export const copyTerraform = async (): Promise<Workspace> => {
  const folder = join(await mkdtemp(join(tmpdir(), 'evenkeel-terraform-')), 'terraform');
  // Rules of control-plane and identity read what the stack asks for, and which group the manifests bind.
  for (const read of ['serverless', 'k8s/base/access'])
    await cp(join(root, read), join(folder, '..', read), { recursive: true });
  await cp(join(root, 'terraform'), folder, { recursive: true, filter: (path) => !leftOut.has(basename(path)) });
  await mkdir(join(folder, 'environments'), { recursive: true });
  return {
    folder,
    modules: await configurationsIn(folder, 'modules'),
    environments: await configurationsIn(folder, 'environments'),
  };
};

/** Folders right below that hold a configuration, as `modules/network`. */
const configurationsIn = async (folder: string, kind: string): Promise<string[]> => {
  const names = (await readdir(join(folder, kind))).sort();
  const complete = names
    .map((name) => `${kind}/${name}`)
    .filter((path) => existsSync(join(folder, path, 'versions.tf')));
  return complete;
};
