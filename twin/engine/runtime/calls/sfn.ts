import type { Outcome } from '../../core/effects.ts';
import { ApiError } from '../../errors.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Pattern } from '../../program/resource.ts';
import type { Engine } from '../contract.ts';
import { pascal } from './states.ts';

type Api = Pick<
  Engine,
  | 'sendTaskSuccess'
  | 'sendTaskFailure'
  | 'sendTaskHeartbeat'
  | 'describeExecution'
  | 'stopExecution'
  | 'startExecution'
  | 'listExecutions'
  | 'getExecutionHistory'
>;
type Action = (api: Api, args: Arguments) => Promise<unknown>;

/** As machines write them; the API itself refuses what is missing. */
interface Arguments {
  readonly TaskToken: string;
  readonly Output: Json;
  readonly Error?: string;
  readonly Cause?: string;
  readonly ExecutionArn: string;
  readonly StateMachineArn: string;
  readonly Name?: string;
  readonly Input?: string;
  readonly StatusFilter?: string;
  readonly ReverseOrder?: boolean;
  readonly MaxResults?: number;
}

/** `aws-sdk:sfn:*` is answered by the engine itself. Parameters have capitals there, as do the fields of results. */
const ACTIONS: Record<string, Action> = {
  sendTaskSuccess: (api, { TaskToken, Output }) => api.sendTaskSuccess(TaskToken, text(Output)),
  sendTaskFailure: (api, { TaskToken, Error: error, Cause: cause }) =>
    api.sendTaskFailure(TaskToken, { ...(error && { error }), ...(cause && { cause }) }),
  sendTaskHeartbeat: (api, { TaskToken }) => api.sendTaskHeartbeat(TaskToken),
  describeExecution: (api, { ExecutionArn }) => api.describeExecution(ExecutionArn),
  stopExecution: (api, { ExecutionArn, Error: error, Cause: cause }) =>
    api.stopExecution(ExecutionArn, { ...(error && { error }), ...(cause && { cause }) }),
  startExecution: (api, { StateMachineArn, Name, Input }) =>
    api.startExecution({
      stateMachineArn: StateMachineArn,
      ...(Name && { name: Name }),
      ...(Input && { input: Input }),
    }),
  listExecutions: (api, { StateMachineArn, StatusFilter }) =>
    api.listExecutions({ stateMachineArn: StateMachineArn, ...(StatusFilter && { statusFilter: StatusFilter }) }),
  getExecutionHistory: (api, { ExecutionArn, ReverseOrder, MaxResults }) =>
    api.getExecutionHistory(ExecutionArn, {
      reverseOrder: Boolean(ReverseOrder),
      ...(MaxResults && { maxResults: MaxResults }),
    }),
};

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const isSfnAction = (action: string) => Object.hasOwn(ACTIONS, action);

export async function callSfn(api: Api, action: string, args: Json, pattern: Pattern): Promise<Outcome> {
  try {
    const answer = await ACTIONS[action]?.(api, (isObject(args) ? args : {}) as unknown as Arguments);
    return {
      kind: pattern === 'token' ? 'submitted' : 'succeeded',
      output: capitalised(JSON.parse(JSON.stringify(answer ?? {}))),
    };
  } catch (reason) {
    if (!(reason instanceof ApiError)) throw reason;
    const cause = `${reason.message} (Service: Sfn, Status Code: 400)`;
    return { kind: 'failed', error: `Sfn.${reason.name.replace(/Exception$/, '')}Exception`, cause };
  }
}

function capitalised(value: Json): Json {
  if (Array.isArray(value)) return value.map(capitalised);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [pascal(name), capitalised(inner)]);
  return Object.fromEntries(entries) as JsonObject;
}
