import type { HistoryRecord } from '../core/event.ts';
import type { Execution } from '../core/execution.ts';
import type { Json, JsonObject } from '../json.ts';

/** An event as GetExecutionHistory gives it (and @aws-sdk/client-sfn types it). */
export interface HistoryEvent {
  readonly timestamp: Date;
  readonly type: string;
  readonly id: number;
  readonly previousEventId: number;
  readonly [details: `${string}EventDetails`]: { readonly [name: string]: unknown };
}

/** Details that are payloads: JSON as text, each beside a `…Details` that says whether it was truncated. */
const PAYLOADS = new Set(['input', 'output']);

/** Events whose details have a name that does not follow from their type. */
const FAMILIES: [RegExp, string][] = [
  [/StateEntered$/, 'stateEnteredEventDetails'],
  [/StateExited$/, 'stateExitedEventDetails'],
];

/** Events without details of their own. */
const BARE =
  /^(TaskStateAborted|WaitStateAborted|(Map|Parallel)State(Aborted|Failed|Succeeded)|ParallelStateStarted|LambdaFunctionStarted|MapRunSucceeded)$/;

export function renderEvent({ id, previousEventId, atMs, type, details }: HistoryRecord): HistoryEvent {
  const event = { timestamp: new Date(atMs), type, id, previousEventId };
  return BARE.test(type) ? event : { ...event, [detailsName(type)]: renderDetails(details ?? {}) };
}

function detailsName(type: string): `${string}EventDetails` {
  const family = FAMILIES.find(([pattern]) => pattern.test(type));
  return (family?.[1] ?? `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`) as `${string}EventDetails`;
}

const NOT_TRUNCATED = { truncated: false };

function renderDetails(details: { readonly [name: string]: Json | undefined }) {
  const rendered: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(details)) {
    if (value === undefined) continue;
    if (name === 'parameters') rendered[name] = JSON.stringify(value);
    else if (name === 'assignedVariables') Object.assign(rendered, renderVariables(value as JsonObject));
    else if (PAYLOADS.has(name))
      Object.assign(rendered, { [name]: JSON.stringify(value), [`${name}Details`]: NOT_TRUNCATED });
    else rendered[name] = value;
  }
  return rendered;
}

function renderVariables(variables: JsonObject) {
  const texts = Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]);
  return { assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: NOT_TRUNCATED };
}

/** What DescribeExecution answers. */
export function describe(execution: Execution) {
  const { arn, machineArn, name, status, startMs, stopMs, input, output, failure } = execution;
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: new Date(startMs),
    ...(stopMs !== undefined && { stopDate: new Date(stopMs) }),
    input: JSON.stringify(input),
    inputDetails: { included: true },
    ...(output !== undefined && { output: JSON.stringify(output), outputDetails: { included: true } }),
    ...(failure?.error !== undefined && { error: failure.error }),
    ...(failure?.cause !== undefined && { cause: failure.cause }),
    redriveCount: 0,
    redriveStatus: isRedrivable(status) ? ('REDRIVABLE' as const) : ('NOT_REDRIVABLE' as const),
    ...(!isRedrivable(status) && { redriveStatusReason: redriveReason(status) }),
  };
}

export type ExecutionDescription = ReturnType<typeof describe>;

const isRedrivable = (status: string) => status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';

const redriveReason = (status: string) => `Execution is ${status} and cannot be redriven`;

/** The detail of EventBridge's "Step Functions Execution Status Change". Dates are epoch milliseconds there. */
export function statusChange(execution: Execution) {
  const { arn, machineArn, name, status, startMs, stopMs, input, output, failure } = execution;
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: startMs,
    stopDate: stopMs ?? null,
    input: JSON.stringify(input),
    inputDetails: { included: true },
    output: output === undefined ? null : JSON.stringify(output),
    outputDetails: output === undefined ? null : { included: true },
    error: failure?.error ?? null,
    cause: failure?.cause ?? null,
  };
}

export type ExecutionStatusChange = ReturnType<typeof statusChange>;
