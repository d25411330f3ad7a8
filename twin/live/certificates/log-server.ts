import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { writeOnce } from '../evidence/write-once.ts';
import { parseRecord } from '../process/durable-file.ts';
import { loopback } from '../process/http.ts';
import { listen } from '../process/listen.ts';
import { Log, type Submitted } from './log.ts';
import { answerOf } from './log-answers.ts';

const Stored = v.object({ atMs: v.number(), chain: v.array(v.string()) });
const Chain = v.object({ chain: v.pipe(v.array(v.pipe(v.string(), v.base64())), v.minLength(1), v.maxLength(10)) });

export type LogServer = {
  /** With which everything begins that a reader asks for, by RFC 6962 and by static-ct alike; ends with `/`. */
  url: string;
  /** DER in base64. */
  key: string;
  log: Log;
  /** Durable before it returns. Gives the signed certificate timestamp as `add-chain` answers it. */
  add(chain: readonly Buffer[]): Promise<ReturnType<Log['add']>>;
  close(): Promise<void>;
};

/**
 * A log of certificate transparency on loopback: `POST ct/v1/add-chain` and `add-pre-chain`, and everything that monitors read.
 * Its key and its entries lie in `folder`; whoever starts it there again has the same log.
 */
export const startLogServer = async (folder: string, port = 0): Promise<LogServer> => {
  const log = new Log(await keyIn(folder));
  for (const entry of await storedIn(folder)) log.add(entry);
  let adding: Promise<unknown> = Promise.resolve();
  const add = (chain: readonly Buffer[]) => {
    const added = adding.then(() => append(folder, log, { atMs: Date.now(), chain: [...chain] }));
    adding = added.catch(() => undefined);
    return added;
  };
  const server = serverOf(log, add);
  const url = `http://${loopback}:${await listen(server, port)}/`;
  return { url, key: log.publicKey, log, add, close: () => closed(server) };
};

const append = async (folder: string, log: Log, entry: Submitted) => {
  const answer = log.add(entry);
  const stored = { atMs: entry.atMs, chain: entry.chain.map((der) => der.toString('base64')) };
  await appendFile(entriesIn(folder), `${JSON.stringify(stored)}\n`, { flush: true });
  return answer;
};

const entriesIn = (folder: string): string => join(folder, 'entries.jsonl');

const storedIn = async (folder: string): Promise<Submitted[]> => {
  const lines = await readFile(entriesIn(folder), 'utf8').catch(() => '');
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parseRecord(entriesIn(folder), line, Stored))
    .map(({ atMs, chain }) => ({ atMs, chain: chain.map((der) => Buffer.from(der, 'base64')) }));
};

const keyIn = async (folder: string): Promise<KeyObject> => {
  const path = join(folder, 'log-key.pem');
  await mkdir(folder, { recursive: true });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeOnce(path, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600);
  return createPrivateKey(await readFile(path, 'utf8'));
};

const nowhere = new URL(`http://${loopback}/`);

const serverOf = (log: Log, add: LogServer['add']): Server =>
  createServer(async (request, response) => {
    const url = URL.parse(request.url ?? '/', `http://${request.headers.host}`) ?? nowhere;
    const answer = request.method === 'POST' ? await submitted(url.pathname, request, add) : answerOf(log, url);
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  });

const submitted = async (path: string, request: IncomingMessage, add: LogServer['add']) => {
  const known = path === '/ct/v1/add-chain' || path === '/ct/v1/add-pre-chain';
  if (!known) return { status: 404, type: 'text/plain', body: 'not found' };
  try {
    const { chain } = v.parse(v.pipe(v.string(), v.parseJson(), Chain), await text(request));
    const answer = await add(chain.map((der) => Buffer.from(der, 'base64')));
    return { status: 200, type: 'application/json', body: JSON.stringify(answer) };
  } catch (error) {
    return { status: 400, type: 'text/plain', body: (error as Error).message };
  }
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
