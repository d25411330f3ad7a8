import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as v from 'valibot';
import { InputInvalid } from '../../../lib/contracts/failures.ts';
import { problemsOf } from '../../../lib/runtime/problems.ts';
import type { Operations } from './operation.ts';
import { instanceHeader, toWire } from './wire.ts';

const maxBodyBytes = 1_000_000;

/** JSON over HTTP: `POST /<operation>`. Refuses callers that do not know the instance, so no web page can drive it. */
export const controlServer = (instance: string, operations: Operations): Server =>
  createServer((request, response) => {
    if (request.headers[instanceHeader] !== instance) return answer(response, 403, { name: 'other instance' });
    run(operations, request).then(
      (output) => answer(response, 200, { output }),
      (error) => answer(response, 409, toWire(error)),
    );
  });

const answer = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

const run = async (operations: Operations, request: IncomingMessage): Promise<unknown> => {
  const name = request.url?.slice(1) ?? '';
  const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!found || request.method !== 'POST') {
    throw new InputInvalid(
      `operation: "${request.method} ${name}" is not one of ${Object.keys(operations).join(', ')}`,
    );
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), found.input), await bodyOf(request));
  if (!parsed.success) throw new InputInvalid(`${name}: ${problemsOf(parsed.issues).join('; ')}`);
  return found.run(parsed.output);
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new InputInvalid(`body: more than the ${maxBodyBytes} bytes allowed`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};
