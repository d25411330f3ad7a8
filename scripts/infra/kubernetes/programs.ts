import { accessSync, constants } from 'node:fs';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cached, cacheFolder } from './cache.ts';
import { run } from './command.ts';
import { awsTools, kubernetesVersion, kustomizeVersion } from './sources.ts';

/** Debian puts servers where only root's path leads. */
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

const find = (name: string): string | undefined =>
  folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });

/** The programs that come from Debian, by the package that has them. */
const packages = {
  etcd: 'etcd-server',
  nginx: 'nginx-light',
  envsubst: 'gettext-base',
  pg_dump: 'postgresql',
  curl: 'curl',
  prometheus: 'prometheus',
};
export type DebianProgram = keyof typeof packages;

/** Errors: when one is neither there nor can be installed, which takes root and a Debian. */
export const debianPrograms = async (): Promise<Record<DebianProgram, string>> => {
  const names = Object.keys(packages) as DebianProgram[];
  const missing = names.filter((name) => !find(name)).map((name) => packages[name]);
  if (missing.length > 0) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
  }
  return Object.fromEntries(names.map((name) => [name, found(name)])) as Record<DebianProgram, string>;
};

const found = (name: DebianProgram): string => {
  const path = find(name);
  if (path) return path;
  throw new Error(`${name}: not found, although Debian's package ${packages[name]} is installed`);
};

export const kustomize = (): Promise<string> =>
  cached(`kustomize-${kustomizeVersion}`, async (path, scratch) => {
    const env = { GOBIN: scratch };
    await run('go', ['install', `sigs.k8s.io/kustomize/kustomize/v5@${kustomizeVersion}`], { env });
    await rename(join(scratch, 'kustomize'), path);
  });

/** The server's own programs lie in a folder for each version: the newest. */
export const postgresPrograms = async (): Promise<string> => {
  const folder = '/usr/lib/postgresql';
  const versions = (await readdir(folder)).map(Number).filter((version) => version > 0);
  return join(folder, String(Math.max(...versions)), 'bin');
};

const environment = `aws-${awsTools.join('-').replaceAll(/[^a-z0-9.]+/g, '-')}`;

/** A folder with the programs `python`, `aws` and `moto_server`. */
export const awsPrograms = async (): Promise<string> => {
  const folder = join(cacheFolder, environment);
  // A Python environment knows its own path, so it is made in place, and the stamp says that it is whole.
  await cached(`${environment}.made`, async (stamp) => {
    await run('python3', ['-m', 'venv', '--clear', folder]);
    await run(join(folder, 'bin/pip'), ['install', '--quiet', ...awsTools]);
    await writeFile(stamp, '');
  });
  return join(folder, 'bin');
};

/** About six minutes on two cores when nothing of it was built before. */
export const apiServer = (): Promise<string> =>
  cached(`kube-apiserver-${kubernetesVersion}`, async (path) => {
    const [major, minor] = kubernetesVersion.split('.');
    const set = { gitVersion: `v${kubernetesVersion}`, gitMajor: major, gitMinor: minor };
    const versions = Object.entries(set).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
    const cwd = join(import.meta.dirname, 'apiserver');
    await run('go', ['build', '-mod=readonly', `-ldflags=-s -w ${versions.join(' ')}`, '-o', path, '.'], { cwd });
  });
