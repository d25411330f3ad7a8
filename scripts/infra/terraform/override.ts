import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';

type Configuration = { provider?: { aws?: { alias?: string }[] } };

/** Fits the copy of an environment to moto: state in a file, buckets by path. Where moto is, `awsAt` says. */
export const writeOverride = async (folder: string): Promise<void> => {
  const aliases = await providersOf(folder);
  await writeFile(join(folder, 'moto_override.tf'), [localState, ...aliases.map(provider)].join('\n'));
};

const providersOf = async (folder: string): Promise<(string | undefined)[]> => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.tf'));
  const read = async (file: string) => (await parse(file, await readFile(join(folder, file), 'utf8'))) as Configuration;
  const configurations = await Promise.all(files.map(read));
  return configurations.flatMap(({ provider: { aws = [] } = {} }) => aws.map(({ alias }) => alias));
};

const localState = 'terraform {\n  backend "local" {}\n}\n';

/**
 * Credentials are written here too, so that no profile of whoever runs the check can be meant; moto has an account of its
 * own, which no environment allows.
 */
const provider = (alias: string | undefined): string => `provider "aws" {
${alias === undefined ? '' : `  alias = "${alias}"\n`}  access_key          = "testing"
  secret_key          = "testing"
  allowed_account_ids = null
  s3_use_path_style   = true
}
`;
