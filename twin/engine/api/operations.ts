import { validationException } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Engine } from '../runtime/contract.ts';
import { problemsOf } from '../validate/index.ts';

/** The operations of the wire protocol, each from its request to its response. Dates are still Dates. */
type Operation = (engine: Engine, request: Request) => Promise<object>;

/** The fields of all requests that are read here. What is missing is told by `required`. */
interface Request {
  readonly name?: string;
  readonly definition?: string;
  readonly roleArn?: string;
  readonly type?: string;
  readonly stateMachineArn?: string;
  readonly executionArn?: string;
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly taskToken?: string;
  readonly statusFilter?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly reverseOrder?: boolean;
}

function required(request: Request, field: keyof Request): string {
  const value = request[field];
  if (typeof value === 'string' && value !== '') return value;
  throw validationException(
    `1 validation error detected: Value at '${field}' failed to satisfy constraint: Member must not be null`,
  );
}

/** Only the named fields that are there. */
const only = <K extends keyof Request>(request: Request, ...fields: K[]) =>
  Object.fromEntries(fields.flatMap((field) => (request[field] === undefined ? [] : [[field, request[field]]]))) as {
    [F in K]?: NonNullable<Request[F]>;
  };

const done = async (work: Promise<unknown>): Promise<object> => {
  await work;
  return {};
};

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateStateMachine: (engine, request) => {
    if (request.type === 'EXPRESS') throw validationException('Express state machines are not supported.');
    return engine.createStateMachine(required(request, 'name'), request.definition, only(request, 'roleArn'));
  },
  UpdateStateMachine: async (engine, request) => {
    const arn = required(request, 'stateMachineArn');
    return engine.updateStateMachine(arn, request.definition ?? (await engine.describeStateMachine(arn)).definition);
  },
  DeleteStateMachine: (engine, request) => done(engine.deleteStateMachine(required(request, 'stateMachineArn'))),
  DescribeStateMachine: (engine, request) => engine.describeStateMachine(required(request, 'stateMachineArn')),
  DescribeStateMachineForExecution: async (engine, request) => {
    const { status, type, creationDate, ...rest } = await engine.describeStateMachineForExecution(
      required(request, 'executionArn'),
    );
    return { ...rest, updateDate: creationDate };
  },
  ListStateMachines: async (engine) => ({ stateMachines: await engine.listStateMachines() }),
  StartExecution: (engine, request) =>
    engine.startExecution({ stateMachineArn: required(request, 'stateMachineArn'), ...only(request, 'name', 'input') }),
  DescribeExecution: (engine, request) => engine.describeExecution(required(request, 'executionArn')),
  ListExecutions: (engine, request) =>
    engine.listExecutions({
      stateMachineArn: required(request, 'stateMachineArn'),
      ...only(request, 'statusFilter', 'maxResults', 'nextToken'),
    }),
  GetExecutionHistory: (engine, request) =>
    engine.getExecutionHistory(
      required(request, 'executionArn'),
      only(request, 'maxResults', 'nextToken', 'reverseOrder'),
    ),
  StopExecution: (engine, request) =>
    engine.stopExecution(required(request, 'executionArn'), only(request, 'error', 'cause')),
  SendTaskSuccess: (engine, request) =>
    done(engine.sendTaskSuccess(required(request, 'taskToken'), required(request, 'output'))),
  SendTaskFailure: (engine, request) =>
    done(engine.sendTaskFailure(required(request, 'taskToken'), only(request, 'error', 'cause'))),
  SendTaskHeartbeat: (engine, request) => done(engine.sendTaskHeartbeat(required(request, 'taskToken'))),
  ValidateStateMachineDefinition: async (_engine, request) => validation(required(request, 'definition')),
};

function validation(definition: string) {
  const diagnostics = problemsOf(definition).map((problem) => ({ severity: 'ERROR', ...problem }));
  return { result: diagnostics.length > 0 ? 'FAIL' : 'OK', diagnostics, truncated: false };
}

/** A request body as an object of fields. */
export function parseRequest(body: string): Request {
  const request = body === '' ? {} : (JSON.parse(body) as unknown);
  if (!isObject(request)) throw validationException('The request is not a JSON object.');
  return request as JsonObject as Request;
}
