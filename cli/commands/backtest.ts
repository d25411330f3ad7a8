import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import type { AlarmChange } from '../../lib/contracts/alarm.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import { InputInvalid } from '../../lib/contracts/failures.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Host } from '../host.ts';
import { daysOf } from '../input/days.ts';
import { readText } from '../input/files.ts';
import { parseHistory } from '../input/history.ts';
import { backTestOf, pastOfAccount } from '../operations/back-test.ts';
import { backTestText } from '../output/back-test.ts';
import { offlineCommand, outputFor, type Registration } from './command.ts';

type Options = { json?: boolean; history?: string; fromCloudwatch?: string; catalog: string };

const description = {
  name: 'backtest',
  summary: 'what a playbook would have done about alarms of the past',
  examples: ['backtest requests-fail --history alarms.jsonl', 'backtest requests-fail --from-cloudwatch 30d'],
};

/** Exit code: 0 when the past was played, whatever would have been done. */
export const backtestCommand: Registration = (host, finish) =>
  offlineCommand(description)
    .argument('<playbook>', 'its name in the catalog')
    .option('--history <file>', 'changes of alarms, one JSON object in each line')
    .option('--from-cloudwatch <days>', 'what CloudWatch still has of so many days, as 30d')
    .option('--catalog <file>', 'whose playbooks and guards', 'config/catalog.yml')
    .action(async (playbook: string, { json = false, ...options }: Options) => {
      const output = outputFor(host, json);
      const catalog = parseCatalog(await readText(host.files, '--catalog', options.catalog), options.catalog);
      const { changes, says } = await pastOf(host, catalog, options);
      const summary = backTestOf(catalog, playbook, changes);
      if (says) output.note(output.style.yellow(says));
      const source = says ? { note: says } : {};
      output.result({ playbook, ...summary, ...source }, backTestText(playbook, summary, output.style));
      finish(exitCodes.ok);
    });

/** `says`: what a person must know of where it ends. */
type Past = { changes: AlarmChange[]; says?: string };

const pastOf = async (host: Host, catalog: Catalog, { history, fromCloudwatch }: Options): Promise<Past> => {
  if ((history === undefined) === (fromCloudwatch === undefined))
    throw new InputInvalid('expected either --history or --from-cloudwatch');
  if (fromCloudwatch !== undefined) return pastOfAccount(host, catalog, daysOf('--from-cloudwatch', fromCloudwatch));
  return { changes: parseHistory(await readText(host.files, '--history', history ?? '')) };
};
