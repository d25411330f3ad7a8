import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../kubernetes/cache.ts';
import type { Anything, Overlay } from '../kubernetes/manifests.ts';
import { workloads } from '../kubernetes/rules/reading.ts';
import type { StackRule } from './rules.ts';

/** What must be there before the stack can start, and what tells how it is made. */
export type Setup = {
  /** Databases that Grafana reads, and those that Terraform makes. */
  readDatabases: readonly string[];
  madeDatabases: readonly string[];
  /** Secrets of the Secrets Manager, by the last part of their name, with the keys that are read of each. */
  secrets: Readonly<Record<string, readonly string[]>>;
  /** Logins that the manifests name. */
  logins: readonly string[];
  readme: string;
};

const terraform = async (): Promise<string[]> => {
  const folder = join(root, 'terraform/environments');
  const stages = await readdir(folder);
  const texts = await Promise.all(stages.map((stage) => readFile(join(folder, stage, 'main.tf'), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/database_name\s*=\s*"(\w+)"/g)].map(([, name = '']) => name));
};

const datasourcesOf = ({ objects }: Overlay): Anything[] => {
  const found = objects.find(({ metadata }) => metadata.name.startsWith('grafana-provisioning'));
  return parse(found?.data?.['datasources.yaml'] ?? '')?.datasources ?? [];
};

const keysRead = (overlay: Overlay, name: string): string[] => {
  const items = workloads(overlay)
    .flatMap(({ template }) => template.spec.volumes ?? [])
    .filter(({ secret }: Anything) => secret?.secretName === name)
    .flatMap(({ secret }: Anything) => secret.items ?? []);
  const files = JSON.stringify(overlay.objects).matchAll(new RegExp(`/secrets/${name}/([\\w-]+)`, 'g'));
  return [...new Set([...items.map(({ key }: Anything) => key), ...[...files].map(([, key = '']) => key)])];
};

const secretsOf = (overlay: Overlay): Setup['secrets'] =>
  Object.fromEntries(
    overlay.objects
      .filter(({ kind }) => kind === 'ExternalSecret')
      .map(({ metadata: { name }, spec }) => [
        spec.dataFrom[0].extract.key.split('/').at(-1),
        keysRead(overlay, name).filter((key) => !key.endsWith('.json')),
      ]),
  );

const loginsOf = (overlay: Overlay): string[] => {
  const variables = workloads(overlay).flatMap(({ template }) =>
    template.spec.containers.flatMap(({ env = [] }: Anything) => env),
  );
  return [
    ...variables.filter(({ name }) => /^(GF_DATABASE|DATA_SOURCE)_USER$/.test(name)).map(({ value }) => value),
    ...datasourcesOf(overlay).flatMap(({ user }) => user ?? []),
  ];
};

export const readSetup = async (overlay: Overlay): Promise<Setup> => ({
  readDatabases: datasourcesOf(overlay).flatMap(({ jsonData }) => jsonData?.database ?? []),
  madeDatabases: await terraform(),
  secrets: secretsOf(overlay),
  logins: loginsOf(overlay),
  readme: await readFile(join(root, 'k8s/monitoring/README.md'), 'utf8'),
});

/** What somebody must make by hand must be written down, or the first start fails for reasons that nobody wrote. */
export const setupRules: readonly StackRule[] = [
  {
    name: 'Grafana reads the database that Terraform makes',
    broken: ({ setup: { readDatabases, madeDatabases } }) =>
      readDatabases
        .filter((name) => madeDatabases.length === 0 || madeDatabases.some((made) => made !== name))
        .map((name) => `datasources.yaml names ${name}, Terraform makes ${[...new Set(madeDatabases)].join(', ')}`),
  },
  {
    name: 'every secret that no Terraform makes is described with all of its keys',
    broken: ({ setup: { secrets, readme } }) =>
      Object.entries(secrets).flatMap(([name, keys]) => [
        ...(readme.includes(`monitoring/${name}"`)
          ? []
          : [`k8s/monitoring/README.md does not tell how to make ${name}`]),
        ...keys
          .filter((key) => !readme.includes(`"${key}"`))
          .map((key) => `k8s/monitoring/README.md: ${name} lacks the key ${key}`),
      ]),
  },
  {
    name: 'every login of the database is described',
    broken: ({ setup: { logins, readme } }) =>
      logins
        .filter((login) => !readme.includes(`CREATE ROLE ${login} LOGIN`))
        .map((login) => `k8s/monitoring/README.md lacks CREATE ROLE ${login} LOGIN`),
  },
];
