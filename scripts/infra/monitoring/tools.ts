import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { run } from '../kubernetes/command.ts';
import { withoutVariables } from './expression.ts';
import { type Finding, severities } from './rules.ts';
import { rulesOf, type Stack, titleOf } from './stack.ts';

const packages = { promtool: 'prometheus', amtool: 'prometheus-alertmanager' };

/** Installs Debian's packages when a program is not there. Errors: when that takes more than is allowed here. */
export const installTools = async (): Promise<void> => {
  for (const [program, name] of Object.entries(packages)) {
    const missing = await run(program, ['--version']).then(
      () => false,
      () => true,
    );
    if (!missing) continue;
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { env });
  }
};

const finding = (rule: string, what: Promise<unknown>): Promise<Finding[]> =>
  what.then(
    () => [],
    (error: Error) => [{ rule, what: error.message }],
  );

/** Asks promtool and amtool themselves. */
export const askTools = async (stack: Stack): Promise<Finding[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-monitoring-'));
  try {
    return [
      ...(await promtool(stack, folder)),
      ...(await queriesParse(stack, folder)),
      ...(await amtool(stack, folder)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const promtool = async ({ files, tests }: Stack, folder: string): Promise<Finding[]> => {
  for (const { name, groups } of files) await writeFile(join(folder, `${name}.yaml`), stringify({ groups }));
  for (const { name, ...test } of tests) await writeFile(join(folder, `${name}.test.yaml`), stringify(test));
  const check = files.map(({ name }) => `${name}.yaml`);
  const found = await finding(
    'promtool takes every rule',
    run('promtool', ['check', 'rules', ...check], { cwd: folder }),
  );
  for (const { name } of tests) {
    const tested = run('promtool', ['test', 'rules', `${name}.test.yaml`], { cwd: folder });
    found.push(...(await finding('every unit test of a rule holds', tested)));
  }
  return found;
};

/** A query is parsed as the expression of a recording rule. On trouble each is asked alone, so that the place is told. */
const queriesParse = async (stack: Stack, folder: string): Promise<Finding[]> => {
  const queries = [
    ...stack.queries.map(({ dashboard, panel, expression }) => ({ where: `${dashboard}: ${panel}`, expression })),
    ...rulesOf(stack).map(({ file, rule }) => ({ where: `${file}: ${titleOf(rule)}`, expression: rule.expr })),
  ];
  const parses = async (some: typeof queries): Promise<void> => {
    const rules = some.map(({ expression }, index) => ({
      record: `query:${index}`,
      expr: withoutVariables(expression),
    }));
    await writeFile(join(folder, 'queries.yaml'), stringify({ groups: [{ name: 'queries', rules }] }));
    await run('promtool', ['check', 'rules', 'queries.yaml'], { cwd: folder });
  };
  if ((await finding('', parses(queries))).length === 0) return [];
  const found: Finding[] = [];
  for (const query of queries) found.push(...(await finding(`every query parses: ${query.where}`, parses([query]))));
  return found;
};

/** Where an alert of each severity must end. */
export const destinations: Record<(typeof severities)[number], string> = {
  critical: 'control-plane,page',
  warning: 'control-plane,ticket',
  none: 'heartbeat',
};

const amtool = async ({ configurations }: Stack, folder: string): Promise<Finding[]> => {
  const found: Finding[] = [];
  for (const { overlay, yaml } of configurations) {
    const file = join(folder, `${overlay}.alertmanager.yaml`);
    await writeFile(file, yaml);
    found.push(
      ...(await finding(`amtool takes the configuration of ${overlay}`, run('amtool', ['check-config', file]))),
    );
    for (const severity of severities) {
      const labels = [`severity=${severity}`, `alertname=${severity === 'none' ? 'Watchdog' : 'Any'}`];
      const verify = `--verify.receivers=${destinations[severity]}`;
      const routed = run('amtool', ['config', 'routes', 'test', `--config.file=${file}`, verify, ...labels]);
      found.push(...(await finding(`${overlay}: severity ${severity} goes to ${destinations[severity]}`, routed)));
    }
  }
  return found;
};
