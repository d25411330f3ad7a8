import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/* `npm run check:template`: cfn-lint on the packaged template. Installs cfn-lint beside the project on first use. */
const version = '1.58.0';
const root = join(import.meta.dirname, '..');
const environment = join(root, `.venv/cfn-lint-${version}`);
const template = join(root, '.serverless/cloudformation-template-update-stack.json');

const run = (command: string, ...args: string[]): void => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}`);
};

try {
  if (!existsSync(template)) throw new Error('there is no packaged template; run `npm run package` first');
  if (!existsSync(join(environment, 'bin/cfn-lint'))) {
    run('python3', '-m', 'venv', environment);
    run(join(environment, 'bin/pip'), 'install', '--quiet', `cfn-lint==${version}`);
  }
  run(join(environment, 'bin/cfn-lint'), template);
  console.log('The packaged template is clean.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
