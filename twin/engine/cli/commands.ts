import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { stepFunctionsApi } from '../api/http.ts';
import { realClock, VirtualClock } from '../clock.ts';
import type { Engine } from '../runtime/contract.ts';
import { createEngine } from '../runtime/engine.ts';
import { fileJournal, memoryJournal } from '../runtime/journal.ts';
import type { EngineOptions, InvokeLambda } from '../runtime/ports.ts';
import { problemsOf } from '../validate/index.ts';
import { play, readMocks } from './mock.ts';

type Ports = Pick<EngineOptions, 'clock' | 'journal'> & { readonly mock?: string; readonly lambdaUrl?: string };

function engineOf({ mock, lambdaUrl, ...rest }: Ports): Engine {
  const engine: Engine = createEngine({
    ...rest,
    ...play(mock === undefined ? {} : readMocks(mock), { engine: () => engine, clock: rest.clock }),
    ...(lambdaUrl !== undefined && { invokeLambda: invokeOver(lambdaUrl) }),
  });
  return engine;
}

/** Runs a machine to its end in virtual time: prints what it came to, and its history. Answers the exit code. */
export async function run(machine: string, input: string | undefined, options: { mock?: string }): Promise<number> {
  const clock = new VirtualClock(Date.now());
  const engine = engineOf({ clock, journal: memoryJournal(), ...options });
  const { stateMachineArn } = await engine.createStateMachine('machine', readFileSync(machine, 'utf8'));
  const text = input === undefined ? '{}' : readFileSync(input, 'utf8');
  const { executionArn } = await engine.startExecution({ stateMachineArn, name: 'run', input: text });
  await clock.run();
  const { status, output, error, cause } = await engine.describeExecution(executionArn);
  const events = await wholeHistory(engine, executionArn);
  const result = { status, ...(output !== undefined && { output: JSON.parse(output) }), error, cause, events };
  console.log(JSON.stringify(result, null, 2));
  return status === 'SUCCEEDED' ? 0 : 1;
}

async function wholeHistory(engine: Engine, arn: string) {
  const events = [];
  let nextToken: string | undefined;
  do {
    const page = await engine.getExecutionHistory(arn, nextToken === undefined ? {} : { nextToken });
    events.push(...page.events);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}

/** Prints all reasons to refuse a definition. Answers the exit code. */
export function validate(machine: string): number {
  const problems = problemsOf(readFileSync(machine, 'utf8'));
  for (const { code, message, location = '/' } of problems) console.log(`${location}: ${code}: ${message}`);
  return problems.length === 0 ? 0 : 1;
}

/** Serves the Step Functions API until it is stopped. */
export async function serve(options: {
  port: string;
  journal?: string;
  mock?: string;
  lambdaUrl?: string;
}): Promise<void> {
  const { port, journal, ...rest } = options;
  const engine = engineOf({
    clock: realClock,
    journal: journal === undefined ? memoryJournal() : fileJournal(journal),
    ...rest,
  });
  await engine.resume();
  const server = createServer(stepFunctionsApi(engine)).listen(Number(port), '127.0.0.1', () => {
    console.log(`Step Functions API on http://127.0.0.1:${(server.address() as { port: number }).port}`);
  });
}

/** Invokes functions over the Lambda API at a URL. */
const invokeOver =
  (url: string): InvokeLambda =>
  async (name, payload, { signal }) => {
    const address = new URL(`/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, url);
    const response = await fetch(address, { method: 'POST', body: JSON.stringify(payload), signal });
    const answer = (await response.json()) as { errorType?: string; errorMessage?: string; trace?: string[] };
    if (response.ok && !response.headers.has('x-amz-function-error')) return { ok: true, payload: answer };
    const { errorType = 'Lambda.Unknown', errorMessage = '', trace } = answer;
    return { ok: false, errorType, errorMessage, ...(trace && { trace }) };
  };
