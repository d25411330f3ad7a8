import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { loadDeployed } from '../model/model-twin.ts';
import { schedulesOf } from './explore.ts';
import { exploreOnThreads } from './pool.ts';
import { describeFindings, describeRun, type Summary } from './report.ts';
import { runSchedule } from './run-schedule.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { stories } from './stories.ts';

interface Options {
  readonly json?: true;
  readonly seed: number;
  readonly pairs: number;
  readonly threads: number;
  readonly schedule?: Schedule;
}

const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
};
const readable = (text: string): Schedule => {
  try {
    return parseSchedule(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
};

const exploreAll = async ({ seed, pairs, threads }: Options, onDone: (count: number) => void): Promise<Summary> => {
  const startedMs = performance.now();
  const subject = { deployed: await loadDeployed() };
  const perStory = await Promise.all(stories.map((story) => schedulesOf(subject, story, { seed, pairs })));
  const schedules = perStory.flat();
  const findings = await exploreOnThreads(schedules, threads, onDone);
  return {
    schedules: schedules.length,
    violations: findings.length,
    seconds: Math.round((performance.now() - startedMs) / 100) / 10,
    seed,
    stories: Object.fromEntries(stories.map(({ name }, at) => [name, perStory[at]?.length ?? 0])),
    findings,
  };
};

const exploreAndTell = async (options: Options): Promise<number> => {
  let done = 0;
  const onDone = (count: number) => {
    done += count;
    if (process.stderr.isTTY && done % 50 === 0) process.stderr.write(`\r${done} schedules`);
  };
  const summary = await exploreAll(options, onDone);
  const { schedules, violations, seconds, findings } = summary;
  if (options.json) console.log(JSON.stringify(summary));
  else
    console.log(
      [describeFindings(findings), `${schedules} schedules, ${violations} violations, ${seconds} s`].join('\n').trim(),
    );
  return violations > 0 ? 1 : 0;
};

const replay = async (schedule: Schedule, json: boolean): Promise<number> => {
  const ran = await runSchedule({ deployed: await loadDeployed() }, schedule);
  console.log(json ? JSON.stringify({ schedule, violations: ran.violations }) : describeRun(ran));
  return ran.violations.length > 0 ? 1 : 0;
};

const program = new Command('prove')
  .description(
    'Plays every story on the model, with every call and event made to fail, and checks the promises (docs/prove.md).',
  )
  .option('--json', 'print one JSON object')
  .option('--seed <n>', 'seed of all randomness', wholeNumber, 1)
  .option('--pairs <n>', 'pairs of faults to try in each story, drawn by the seed', wholeNumber, 0)
  .option('--threads <n>', 'threads to use', wholeNumber, Math.min(2, availableParallelism()))
  .option('--schedule <text>', 'replay one schedule and tell its story', readable)
  .action(async (options: Options) => {
    process.exitCode = options.schedule
      ? await replay(options.schedule, options.json ?? false)
      : await exploreAndTell(options);
  });

await program.parseAsync();
