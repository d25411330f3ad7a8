import { Command, Option } from 'commander';
import { outputFor } from '../commands/command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Host } from '../host.ts';
import type { Output } from '../output/output.ts';
import { runProgram } from '../run.ts';
import { newState } from '../twin/new-state.ts';
import { badRelease } from './acts/bad-release.ts';
import { certificateRotation } from './acts/certificate-rotation.ts';
import { crashLoop } from './acts/crash-loop.ts';
import { crashingServiceHealed } from './acts/crashing-service-healed.ts';
import { damagedBackup } from './acts/damaged-backup.ts';
import { failoverDrill } from './acts/failover-drill.ts';
import { freeze } from './acts/freeze.ts';
import { goodRelease } from './acts/good-release.ts';
import { helplessActionEscalates } from './acts/helpless-action-escalates.ts';
import { oldLeafOnOneAddress } from './acts/old-leaf-on-one-address.ts';
import { orphanRemoved } from './acts/orphan-removed.ts';
import { pointInTime } from './acts/point-in-time.ts';
import { restoreTest } from './acts/restore-test.ts';
import { selfCaused } from './acts/self-caused.ts';
import { twinKilledAndResumed } from './acts/twin-killed-and-resumed.ts';
import { watcherKilled } from './acts/watcher-killed.ts';
import type { Act } from './stage.ts';
import { type ActReport, runTour } from './tour.ts';

type Options = { json?: boolean; exit?: boolean; only?: string; state?: string };

/** Copies are made old by waiting, so what needs an old one comes last. */
const acts: readonly Act[] = [
  goodRelease,
  badRelease,
  crashLoop,
  restoreTest,
  pointInTime,
  failoverDrill,
  certificateRotation,
  oldLeafOnOneAddress,
  watcherKilled,
  // Whoever begins with the tour asks the control plane, and must be through before that is killed.
  crashingServiceHealed,
  twinKilledAndResumed,
  helplessActionEscalates,
  selfCaused,
  freeze,
  orphanRemoved,
  damagedBackup,
];
const usersPerSecond = 40;

/** `npm run tour`. Exit code: 0 when every act was ok. */
export const tour = (argv: readonly string[], host: Host): Promise<ExitCode> =>
  runProgram(argv, host, (finish) =>
    new Command('tour')
      .description(
        `Shows on real processes what Evenkeel does: ${acts.length} acts, each measured and judged by what was observed.`,
      )
      .option('--json', 'one line of JSON for each act')
      .option('--exit', 'end everything that it started')
      .addOption(new Option('--only <act>', 'one act').choices(acts.map(({ name }) => name)))
      .option('--state <dir>', 'the folder of the twin (default: a new one)')
      .action(async (options: Options) => finish((await show(host, options)) ? exitCodes.ok : exitCodes.failed)),
  );

const show = async (host: Host, options: Options): Promise<boolean> => {
  const output = outputFor(host, options.json ?? false);
  const state = options.state ?? newState('tour');
  const twin = await host.twin(state);
  const { signal } = host;
  try {
    const chosen = acts.filter(({ name }) => options.only === undefined || name === options.only);
    return await runTour({ twin, acts: chosen, usersPerSecond, signal, ...narrator(output) });
  } finally {
    if (options.exit) await twin.down({ wipe: options.state === undefined });
    else
      output.note(
        `The twin stays: npx evenkeel status --state ${state}; end it with: npx evenkeel down --wipe --state ${state}`,
      );
  }
};

const narrator = (output: Output) => {
  const { style } = output;
  return {
    tell: (text: string) => output.note(style.dim(`  ${text}`)),
    began: ({ title }: Act) => output.note(`\n${style.bold(title)}`),
    ended: (report: ActReport) => output.event(report, reportText(report, output)),
  };
};

const reportText = ({ act, seconds, ok, problems, ...facts }: ActReport, { style }: Output): string => {
  const mark = ok ? style.green('✔') : style.red('✖');
  const seen = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  const lines = [
    `${mark} ${act} in ${seconds} s: ${seen.join(', ')}`,
    ...problems.map((problem) => `  ${style.red(problem)}`),
  ];
  return lines.join('\n');
};
