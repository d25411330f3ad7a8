import { type RunOptions, StateMachine } from 'aws-local-stepfunctions';
import { inJsonPath, statesPerSecond } from './machine.ts';

/* The same loop on aws-local-stepfunctions. */

const machine = new StateMachine(inJsonPath as never, { validationOptions: { noValidate: true } });
const options: RunOptions = { overrides: { taskResourceLocalHandlers: { Work: async (input) => input } } };
const execute = async () => (await machine.run({ count: 0 }, options).result) as unknown as { count: number };

console.log(JSON.stringify({ statesPerSecond: await statesPerSecond(execute) }));
