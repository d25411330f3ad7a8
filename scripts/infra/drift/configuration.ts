import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { root } from '../kubernetes/cache.ts';

// biome-ignore lint/suspicious/noExplicitAny: what Terraform files say is checked by Terraform.
type Anything = any;
type Labelled = Record<string, Record<string, Anything[]>>;

/** The values of one file of variables. */
export const readValues = async (file: string, base = root): Promise<Record<string, Anything>> =>
  parse(file, await readFile(join(base, file), 'utf8'));

/** The blocks of all files of one folder, merged. Expressions are strings, `${…}`. */
export type Configuration = {
  locals: Record<string, Anything>;
  resource: Labelled;
  data: Labelled;
  module: Record<string, Anything[]>;
  variable: Record<string, Anything[]>;
};

/** `folder` is relative to the repository, or to a copy of it, as `terraform/modules/edge`. */
export const readConfiguration = async (folder: string, base = root): Promise<Configuration> => {
  const place = join(base, folder);
  const files = (await readdir(place)).filter((name) => name.endsWith('.tf')).sort();
  const parsed = await Promise.all(files.map(async (file) => parse(file, await readFile(join(place, file), 'utf8'))));
  const empty: Configuration = { locals: {}, resource: {}, data: {}, module: {}, variable: {} };
  for (const blocks of parsed as Record<string, Anything>[]) {
    Object.assign(empty.locals, ...(blocks.locals ?? []));
    Object.assign(empty.module, blocks.module);
    Object.assign(empty.variable, blocks.variable);
    for (const kind of ['resource', 'data'] as const) merge(empty[kind], blocks[kind] ?? {});
  }
  return empty;
};

const merge = (into: Labelled, from: Labelled): void => {
  for (const [type, named] of Object.entries(from)) into[type] = { ...into[type], ...named };
};
