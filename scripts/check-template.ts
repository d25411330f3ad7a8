import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * `npm run check:template`: cfn-lint on the packaged template, as it is uploaded: without the blanks that the packaged file has,
 * or its size would be judged wrong. Installs cfn-lint beside the project on first use.
 */
const version = '1.58.0';
const root = join(import.meta.dirname, '..');
const environment = join(root, `.venv/cfn-lint-${version}`);
const packaged = join(root, '.serverless/cloudformation-template-update-stack.json');
const uploaded = join(root, '.serverless/cloudformation-template-uploaded.json');

const run = (command: string, ...args: string[]): void => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}`);
};

try {
  if (!existsSync(packaged)) throw new Error('there is no packaged template; run `npm run package` first');
  if (!existsSync(join(environment, 'bin/cfn-lint'))) {
    run('python3', '-m', 'venv', environment);
    run(join(environment, 'bin/pip'), 'install', '--quiet', `cfn-lint==${version}`);
  }
  const template = JSON.parse(readFileSync(packaged, 'utf8'));
  const text = JSON.stringify(template);
  writeFileSync(uploaded, text);
  run(join(environment, 'bin/cfn-lint'), uploaded);
  const resources = Object.keys(template.Resources).length;
  console.log(`The packaged template is clean: ${resources} of 500 resources, ${text.length} of 1000000 bytes.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
