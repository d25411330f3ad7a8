/**
 * `npm run check:infra`: all that must hold of the infrastructure before it is applied. `--only PART` (may be given more
 * than once) runs some of it, `--json` prints the counts as one object and nothing else. Progress and problems go to the
 * error stream. Exit code 1 when anything does not hold.
 */
import { parseArgs } from 'node:util';
import { childPart } from './child-part.ts';
import { driftPart } from './drift/part.ts';
import { mapInParallel } from './in-parallel.ts';
import { mutationsPart } from './mutations/part.ts';
import { type Part, type PartReport, totalOf } from './part.ts';
import { scannerPart } from './scanner/part.ts';
import { terraformPart } from './terraform/part.ts';

const parts: Readonly<Record<string, Part>> = {
  drift: driftPart,
  terraform: terraformPart,
  kubernetes: childPart('scripts/infra/kubernetes/main.ts', {
    manifests: 'manifests',
    refusedByApiServer: 'refusedByApiServer',
    rules: 'rules',
  }),
  monitoring: childPart('scripts/infra/monitoring/main.ts', { promRules: 'promRules', promTests: 'promTests' }),
  scanner: scannerPart,
  mutations: mutationsPart,
};

/** The longest of them wait most of the time, for a build or for the stand-in of AWS. */
const partsAtOnce = 2;

const say = (what: string): void => console.error(what);

const wanted = (only: readonly string[]): [name: string, part: Part][] => {
  const unknown = only.filter((name) => !(name in parts));
  if (unknown.length === 0) return Object.entries(parts).filter(([name]) => only.length === 0 || only.includes(name));
  throw new Error(`--only: expected one of ${Object.keys(parts).join(', ')}, got ${unknown.join(', ')}`);
};

const runPart = async ([name, part]: [string, Part]): Promise<PartReport> => {
  const startedMs = performance.now();
  say(`== ${name} ...`);
  const report = await part(say).catch(({ message }: Error) => ({ counts: {}, problems: [`${name}: ${message}`] }));
  for (const problem of report.problems) say(`FAILED ${problem}`);
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  say(`== ${name}: ${report.problems.length} problems, ${seconds} s`);
  return report;
};

const options = { only: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } } as const;

try {
  const { only = [], json } = parseArgs({ options }).values;
  const reports = await mapInParallel(wanted(only), partsAtOnce, runPart);
  const counts = totalOf(reports);
  const failed = reports.reduce((sum, { problems }) => sum + problems.length, 0);
  const lines = Object.entries(counts).map(([name, count]) => `${name}: ${count}`);
  console.log(json ? JSON.stringify(counts) : [...lines, `${counts.rules} passed, ${failed} failed`].join('\n'));
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  say((error as Error).message);
  process.exitCode = 1;
}
