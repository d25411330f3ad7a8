import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../kubernetes/cache.ts';
import type { Overlay } from '../kubernetes/manifests.ts';
import { readSetup } from './setup.ts';
import { askedOf, queriesOf, ruleFilesOf, type Stack, servedOf, type TestFile } from './stack.ts';

const folder = join(root, 'k8s/monitoring');

const texts = async (path: string, ending: string): Promise<{ name: string; text: string }[]> => {
  const names = (await readdir(path)).filter((name) => name.endsWith(ending)).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(path, name), 'utf8') })));
};

export const readTests = async (): Promise<TestFile[]> =>
  (await texts(join(folder, 'tests'), '.test.yaml')).map(({ name, text }) => ({
    ...parse(text),
    name: name.replace('.test.yaml', ''),
  }));

export const readRules = async (): Promise<Stack['files']> => {
  const objects = (await texts(join(folder, 'base/rules'), '.yaml')).map(({ text }) => parse(text));
  return ruleFilesOf({ name: 'base', objects });
};

const configurationOf = ({ name, objects }: Overlay): Stack['configurations'][number] => {
  const found = objects.find(
    ({ kind, metadata }) => kind === 'Secret' && metadata.name === 'alertmanager-configuration',
  );
  const yaml: string =
    (found as { stringData?: Record<string, string> } | undefined)?.stringData?.['alertmanager.yaml'] ?? '';
  return { overlay: name, yaml, parsed: parse(yaml) };
};

/**
 * What stands in the repository, and what the overlays render to: of rules and dashboards, those of the first. `services`
 * are the overlays of what is monitored.
 */
export const readStack = async (overlays: readonly Overlay[], services: readonly Overlay[]): Promise<Stack> => {
  const [first] = overlays;
  if (!first) throw new Error('k8s/monitoring/overlays: expected one overlay or more, got none');
  return {
    files: ruleFilesOf(first),
    tests: await readTests(),
    queries: queriesOf(first),
    sources: parse(await readFile(join(folder, 'metrics.yaml'), 'utf8')),
    runbooks: await texts(join(root, 'docs/runbooks'), '.md'),
    configurations: overlays.map(configurationOf),
    asked: services.flatMap(askedOf),
    served: servedOf(first),
    setup: await readSetup(first),
  };
};
