import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { esbuildOptions } from '../../serverless/bundling.ts';
import { type FunctionWiring, readWiring } from '../../twin/wiring/index.ts';
import { repository } from '../program.ts';

/** One function as it is packaged, and the packages of the SDK that are in it. */
export type Bundle = { key: string; file: string; kilobytes: number; clients: string[] };

const bytesPerKilobyte = 1024;
const clientIn = /node_modules\/(@aws-sdk\/(?:client-|lib-)[\w-]+)\//;

/** One file with all that it imports, as for AWS. */
export const bundle = async (entry: string, outfile: string): Promise<{ kilobytes: number; inputs: string[] }> => {
  const { metafile } = await build({
    ...esbuildOptions,
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile,
    metafile: true,
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs);
  return { kilobytes: Math.round((output?.bytes ?? 0) / bytesPerKilobyte), inputs: Object.keys(output?.inputs ?? {}) };
};

/** All functions of serverless.yml, bundled as for AWS into a new folder. */
export const bundleFunctions = async (): Promise<{ folder: string; bundles: Bundle[] }> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-bundles-'));
  const one = async ({ key, module }: FunctionWiring): Promise<Bundle> => {
    const file = join(folder, `${key}.cjs`);
    const { kilobytes, inputs } = await bundle(module, file);
    const clients = inputs.flatMap((input) => clientIn.exec(input)?.[1] ?? []);
    return { key, file, kilobytes, clients: [...new Set(clients)].sort() };
  };
  const bundles: Bundle[] = [];
  for (const wiring of readWiring().functions) bundles.push(await one(wiring));
  return { folder, bundles };
};

/** A handler that does nothing but have these clients: what no code of ours can be quicker than. */
export const bundleBare = async (folder: string, clients: readonly string[]): Promise<string> => {
  const name = clients.map((client) => client.replace('@aws-sdk/', '')).join('+') || 'nothing';
  const names = await Promise.all(clients.map(classOf));
  const imports = clients.map((client, index) => `import { ${names[index]} } from '${client}';`);
  // Inside the repository, because that is where the packages are found from.
  const entry = {
    contents: [...imports, `export const handler = async () => [${names.join(', ')}];`].join('\n'),
    resolveDir: repository,
  };
  const outfile = join(folder, `bare-${name}.cjs`);
  await build({ ...esbuildOptions, stdin: entry, outfile, logLevel: 'error' });
  return outfile;
};

/** The one class of a package that a handler has to name; `__Client` is the base of all. */
export const classOf = async (client: string): Promise<string> => {
  const found = Object.keys(await import(client)).filter((name) => /^[A-Z].*Client$/.test(name));
  if (found.length !== 1) throw new Error(`bench: expected one client in ${client}, got ${found.join(', ') || 'none'}`);
  return found[0] as string;
};

export const importerIn = async (folder: string): Promise<string> => {
  const file = join(folder, 'import.cjs');
  await writeFile(
    file,
    'const at = performance.now(); require(process.argv[2]); console.log(JSON.stringify({ ms: performance.now() - at }));',
  );
  return file;
};
