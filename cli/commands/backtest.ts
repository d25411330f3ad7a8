import { parseCatalog } from '../../lib/catalog/parse-catalog.ts';
import { exitCodes } from '../exit-codes.ts';
import { readFile } from '../input/files.ts';
import { parseHistory } from '../input/history.ts';
import { backTestOf } from '../operations/back-test.ts';
import { backTestText } from '../output/back-test.ts';
import { offlineCommand, outputFor, type Registration } from './command.ts';

type Options = { json?: boolean; history: string; catalog: string };

const description = {
  name: 'backtest',
  summary: 'what a playbook would have done about alarms of the past. Works offline',
  examples: ['backtest requests-fail --history alarms.jsonl'],
};

/** Exit code: 0 when the past was played, whatever would have been done. */
export const backtestCommand: Registration = (host, finish) =>
  offlineCommand(description)
    .argument('<playbook>', 'its name in the catalog')
    .requiredOption('--history <file>', 'changes of alarms, one JSON object in each line')
    .option('--catalog <file>', 'whose playbooks and guards', 'config/catalog.yml')
    .action(async (playbook: string, { json = false, history, catalog }: Options) => {
      const output = outputFor(host, json);
      const text = async (field: string, path: string) =>
        Buffer.from(await readFile(host.files, field, path)).toString('utf8');
      const parsed = parseCatalog(await text('--catalog', catalog), catalog);
      const summary = backTestOf(parsed, playbook, parseHistory(await text('--history', history)));
      output.result({ playbook, ...summary }, backTestText(playbook, summary, output.style));
      finish(exitCodes.ok);
    });
