/** A process whose engine waits for a call that never answers, so that it can be killed in the midst of it. */
import { createEngine, fileJournal, realClock } from '../../../twin/engine/index.ts';
import { FUNCTION, machine } from './lab.ts';

const engine = createEngine({
  clock: realClock,
  journal: fileJournal(process.argv[2] ?? ''),
  invokeLambda: () => new Promise(() => setInterval(() => {}, 60_000)),
});
const states = { Ask: { Type: 'Task', Resource: `${FUNCTION}ask`, End: true } };
const { stateMachineArn } = await engine.createStateMachine('mortal', machine(states));
const { executionArn } = await engine.startExecution({ stateMachineArn });
console.log(executionArn);
