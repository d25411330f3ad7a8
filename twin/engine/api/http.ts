import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { ApiError } from '../errors.ts';
import type { Engine } from '../runtime/contract.ts';
import { OPERATIONS, parseRequest } from './operations.ts';

const TARGET = /^AWSStepFunctions\.(\w+)$/;

/**
 * Answers the AWS JSON 1.0 protocol of Step Functions, so that the SDKs and the AWS CLI work against the engine.
 * Signatures are not checked: put it where only friends can reach it.
 */
export function stepFunctionsApi(engine: Engine): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    handle(engine, request).then(
      (answer) => reply(response, 200, answer),
      (reason) => reply(response, ...refusal(reason)),
    );
  };
}

async function handle(engine: Engine, request: IncomingMessage): Promise<object> {
  const [, name = ''] = TARGET.exec(String(request.headers['x-amz-target'])) ?? [];
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  const body = await text(request);
  if (!operation) throw new ApiError('UnknownOperationException', `Operation ${name || 'none'} is not supported.`);
  return operation(engine, parseRequest(body));
}

function refusal(reason: unknown): [number, object] {
  if (reason instanceof ApiError) return [400, { __type: reason.name, message: reason.message }];
  if (reason instanceof SyntaxError) return [400, { __type: 'SerializationException', message: reason.message }];
  return [500, { __type: 'InternalFailure', message: String(reason) }];
}

function reply(response: ServerResponse, status: number, answer: object): void {
  const body = JSON.stringify(wire(answer));
  const type = status === 200 ? {} : { 'x-amzn-errortype': (answer as { __type: string }).__type };
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...type }).end(body);
}

/** The protocol writes instants as seconds of the epoch. */
function wire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(wire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wire(inner)]));
}
