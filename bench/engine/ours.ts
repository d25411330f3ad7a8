import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createEngine,
  type ExecutionStatusChange,
  fileJournal,
  memoryJournal,
  realClock,
} from '../../twin/engine/index.ts';
import { inJsonata, statesPerSecond } from './machine.ts';

/* Runs the loop and prints states per second. With the argument `file` each step is on disk before the next. */

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

let ended = (_: ExecutionStatusChange): void => {};
const engine = createEngine({
  clock: realClock,
  journal: process.argv[2] === 'file' ? fileJournal(join(folder, 'journal.jsonl')) : memoryJournal(),
  invokeLambda: async (_, payload) => ({ ok: true, payload }),
  onStatusChange: (change) => ended(change),
});
const { stateMachineArn } = await engine.createStateMachine('loop', inJsonata);

const execute = async (): Promise<{ count: number }> => {
  const end = Promise.withResolvers<ExecutionStatusChange>();
  ended = (change) => {
    if (change.status !== 'RUNNING') end.resolve(change);
  };
  const { executionArn } = await engine.startExecution({ stateMachineArn, input: { count: 0 } });
  const { output } = await end.promise;
  const { events } = await engine.getExecutionHistory(executionArn, { maxResults: 1000 });
  if (events.length < 1000) throw new Error('the history is not whole');
  return JSON.parse(output ?? '{}');
};

console.log(JSON.stringify({ statesPerSecond: await statesPerSecond(execute) }));
await engine.close();
