import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Behaviour } from '../images/image-content.ts';
import { type PodSpec, podHeader } from './pod-spec.ts';

export type Program = { spec: PodSpec; behaviour: Behaviour; items(): Promise<unknown[]>; crash(): void };

/**
 * The service that runs in a pod: says who it is, does what its image does. Never closes an idle connection by itself,
 * so that a router's kept connections stay good until the pod is drained.
 */
export const serveProgram = (program: Program): Server => {
  const { spec, behaviour } = program;
  let served = 0;
  const answer: RequestListener = (request, response) => {
    const who = { 'x-evenkeel-slot': spec.slot, 'x-evenkeel-digest': spec.digest, [podHeader]: spec.pod };
    for (const [name, value] of Object.entries(who)) response.setHeader(name, value);
    if (request.url === '/health') return respond(response, 200, { status: 'ready', ...spec });
    served += 1;
    if (behaviour.crashesAtRequest !== undefined && served >= behaviour.crashesAtRequest) return program.crash();
    const faulty = served > behaviour.errorsAfterRequests && Math.random() * 100 < behaviour.errorPercent;
    const reply = () =>
      faulty ? respond(response, 500, { error: 'made by the image' }) : work(program, request.url, response);
    if (behaviour.delayMs > 0) setTimeout(reply, behaviour.delayMs);
    else reply();
  };
  return createServer({ keepAliveTimeout: 0 }, answer);
};

const work = ({ spec, items }: Program, url: string | undefined, response: ServerResponse): void => {
  if (url === '/items') {
    items().then(
      (rows) => respond(response, 200, { items: rows }),
      (error: Error) => respond(response, 503, { error: error.message }),
    );
  } else respond(response, 200, { service: spec.service, slot: spec.slot, pod: spec.pod });
};

const respond = (response: ServerResponse, status: number, body: unknown): void => {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
};
