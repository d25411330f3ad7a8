import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type EventSink, EventsApiError, putEvents } from './put-events.ts';

/** Answers `PutEvents` in the AWS JSON 1.1 protocol. Signatures are not checked: put it where only friends can reach it. */
export const eventsApi =
  (sink: EventSink) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    handle(sink, request).then(
      (answer) => reply(response, 200, answer),
      (error) => reply(response, ...refusal(error)),
    );
  };

const handle = async (sink: EventSink, request: IncomingMessage): Promise<object> => {
  const body = await text(request);
  const [, operation = 'none'] = String(request.headers['x-amz-target']).split('.');
  if (operation === 'PutEvents') return putEvents(sink, JSON.parse(body));
  throw new EventsApiError('UnknownOperationException', `Operation ${operation} is not supported.`);
};

const refusal = (error: unknown): [number, object] => {
  if (error instanceof EventsApiError) return [400, { __type: error.name, message: error.message }];
  if (error instanceof SyntaxError) return [400, { __type: 'SerializationException', message: error.message }];
  return [500, { __type: 'InternalException', message: String(error) }];
};

const reply = (response: ServerResponse, status: number, answer: object): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
};
