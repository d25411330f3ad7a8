import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, fileJournal, realClock } from '../../twin/engine/index.ts';

/* Starts executions that all wait, durable as on the twin, and prints what they cost. */

const executions = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 3600, Next: 'Done' }, Done: { Type: 'Succeed' } },
};

const engine = createEngine({
  clock: realClock,
  journal: fileJournal(join(folder, 'journal.jsonl')),
  invokeLambda: async (_, payload) => ({ ok: true, payload }),
});
const { stateMachineArn } = await engine.createStateMachine('wait', definition);
const before = process.memoryUsage.rss();
const startedAt = performance.now();
const start = (_: unknown, number: number) =>
  engine.startExecution({ stateMachineArn, name: `run-${number}`, input: { number } });
await Promise.all(Array.from({ length: executions }, start));
const seconds = (performance.now() - startedAt) / 1000;
const { executions: running } = await engine.listExecutions({
  stateMachineArn,
  statusFilter: 'RUNNING',
  maxResults: 1000,
});
if (running.length !== Math.min(1000, executions)) throw new Error(`only ${running.length} executions run`);
const after = process.memoryUsage.rss();
await engine.close();
console.log(
  JSON.stringify({ executions, startSeconds: seconds, emptyRssMb: megabytes(before), rssMb: megabytes(after) }),
);
