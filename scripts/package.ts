import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../lib/contracts/failure.ts';
import { packageCatalog } from '../serverless/catalog.ts';

/*
 * `npm run package`: what would be deployed, in .serverless/, without an account and without a network.
 * `--json` prints the sizes as one object.
 */
const root = join(import.meta.dirname, '..');
const output = join(root, '.serverless');
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    stage: { type: 'string', default: 'production' },
    region: { type: 'string', default: 'eu-west-1' },
  },
});

/** No credentials, no metadata service, no news from the vendor: nothing outside this machine is asked. */
const offline = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  SLS_NOTIFICATIONS_MODE: 'off',
  SLS_TELEMETRY_DISABLED: '1',
};

const runServerless = async (): Promise<void> => {
  const command = join(root, 'node_modules/serverless/bin/serverless.js');
  const child = spawn(process.execPath, [command, 'package', '--stage', options.stage, '--region', options.region], {
    cwd: root,
    env: { ...process.env, ...offline },
    // Progress goes to the error stream, so that --json prints nothing else.
    stdio: ['ignore', 2, 2],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`packaging failed with exit code ${code}; the reason is above`);
};

const sizesInBytes = async (): Promise<[name: string, bytes: number][]> => {
  const bundles = (await readdir(output)).filter((name) => name.endsWith('.zip')).sort();
  const sizeOf = async (name: string) => (await stat(join(output, name))).size;
  return Promise.all(bundles.map(async (name): Promise<[string, number]> => [name.slice(0, -4), await sizeOf(name)]));
};

const kB = (bytes: number): string => `${Math.round(bytes / 1000)} kB`.padStart(8);

try {
  console.error(`Packaging for stage ${options.stage} in ${options.region} (no account, no network) ...`);
  // Serverless would tell of a bad catalog once for each function.
  packageCatalog();
  await runServerless();
  const sizes = await sizesInBytes();
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  if (options.json) console.log(JSON.stringify({ bundles: Object.fromEntries(sizes), totalBytes: total }));
  else {
    for (const [name, bytes] of sizes) console.log(`${kB(bytes)}  ${name}`);
    console.log(
      `${kB(total)}  ${sizes.length} functions, zipped; template: .serverless/cloudformation-template-update-stack.json`,
    );
  }
} catch (error) {
  console.error(
    error instanceof Failure ? `${error.name}: ${error.message}` : error instanceof Error ? error.message : error,
  );
  process.exitCode = 1;
}
