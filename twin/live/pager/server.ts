import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { problemsOf } from '../../../lib/runtime/problems.ts';
import { PagerEvent, type PagerEvents } from './events.ts';

export const enqueuePath = '/v2/enqueue';

/** Answers as PagerDuty does, calls nobody, and keeps what it was sent. */
export const pagerServer = (events: PagerEvents): Server =>
  createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== enqueuePath) return answer(response, 404, { status: 'not found' });
    take(events, request, response).catch((error: Error) => answer(response, 500, { message: error.message }));
  });

const take = async (events: PagerEvents, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const event = v.safeParse(v.pipe(v.string(), v.parseJson(), PagerEvent), await text(request));
  if (!event.success)
    return answer(response, 400, {
      status: 'invalid event',
      message: 'Event object is invalid',
      errors: problemsOf(event.issues),
    });
  events.keep(event.output);
  answer(response, 202, { status: 'success', message: 'Event processed', dedup_key: event.output.dedup_key });
};

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
