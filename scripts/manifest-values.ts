/**
 * `terraform output -json manifest_values | node scripts/manifest-values.ts FILE`: puts Terraform's values into an overlay's
 * environment.yaml, and leaves the rest of the file, comments too, as it is. A value that the file names as Terraform's and that is not
 * there is refused, and nothing is written; those that it does not name are for other overlays.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { isMap, parseDocument } from 'yaml';

/** What people choose, and what the control plane writes later. */
const notTerraforms = /^(acme-email|certificate-issuer|image-.*)$/;

/** The file with the values. Errors: one that names every value that Terraform does not have. */
export const withValues = (yaml: string, values: Readonly<Record<string, string>>): string => {
  const document = parseDocument(yaml);
  const data = document.get('data');
  if (!isMap(data)) throw new Error('expected a ConfigMap with data');
  const named = data.items.map(({ key }) => String(key)).filter((name) => !notTerraforms.test(name));
  const missing = named.filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0)
    throw new Error(missing.map((name) => `${name}: the file names it, but Terraform has none`).join('\n'));
  for (const name of named) data.set(name, values[name]);
  return document.toString({ lineWidth: 0 });
};

const main = async (file: string | undefined): Promise<void> => {
  if (!file) throw new Error('expected the path of an environment.yaml, got nothing');
  const values = JSON.parse(await text(process.stdin)) as Record<string, string>;
  await writeFile(file, withValues(await readFile(file, 'utf8'), values));
  console.error(`${file}: done`);
};

if (process.argv[1] === import.meta.filename) {
  main(process.argv[2]).catch(({ message }: Error) => {
    console.error(message);
    process.exitCode = 1;
  });
}
