import { createPublicKey } from 'node:crypto';
import { checkpointOf } from '../../../lib/domain/transparency/checkpoint.ts';
import { tileWidth } from '../../../lib/domain/transparency/tiles.ts';
import type { Log } from './log.ts';

export type LogAnswer = { status: number; type: string; body: string | Buffer };

/** No log gives more at once, whatever it is asked for (RFC 6962 section 4.6 lets it). */
const mostEntries = 64;

const ok = (type: string, body: string | Buffer | undefined): LogAnswer =>
  body === undefined ? { status: 404, type: 'text/plain', body: 'not found' } : { status: 200, type, body };
const asJson = (value: unknown): LogAnswer => ok('application/json', JSON.stringify(value));
const refused = (body: string): LogAnswer => ({ status: 400, type: 'text/plain', body });

/** What a monitor may ask for, by RFC 6962 section 4 and by c2sp.org/static-ct-api. */
export const answerOf = (log: Log, url: URL): LogAnswer => {
  const number = (name: string) => Number(url.searchParams.get(name) ?? Number.NaN);
  switch (url.pathname) {
    case '/ct/v1/get-sth':
      return treeHead(log);
    case '/ct/v1/get-sth-consistency':
      return consistency(log, number('first'), number('second'));
    case '/ct/v1/get-entries':
      return entries(log, number('start'), number('end'));
    case '/checkpoint':
      return ok('text/plain; charset=utf-8', checkpoint(log, url.host));
    default:
      return tile(log, url.pathname);
  }
};

const treeHead = (log: Log): LogAnswer => {
  const { size, root, atMs, signature } = log.head();
  return asJson({
    tree_size: size,
    timestamp: atMs,
    sha256_root_hash: root.toString('base64'),
    tree_head_signature: signature.toString('base64'),
  });
};

const consistency = (log: Log, first: number, second: number): LogAnswer => {
  if (!(0 <= first && first <= second && second <= log.size)) return refused('first and second: not sizes of this log');
  return asJson({ consistency: log.proof(first, second).map((hash) => hash.toString('base64')) });
};

const entries = (log: Log, start: number, end: number): LogAnswer => {
  if (!(0 <= start && start <= end && start < log.size)) return refused('start and end: not entries of this log');
  const given = log.entries(start, Math.min(end + 1, start + mostEntries, log.size));
  const asText = ({ leaf, extra }: (typeof given)[number]) => ({
    leaf_input: leaf.toString('base64'),
    extra_data: extra.toString('base64'),
  });
  return asJson({ entries: given.map(asText) });
};

const checkpoint = (log: Log, origin: string): string => {
  const key = createPublicKey({ key: Buffer.from(log.publicKey, 'base64'), format: 'der', type: 'spki' });
  return checkpointOf(origin, key, log.head());
};

const tile = (log: Log, path: string): LogAnswer => {
  const [, level = '', index = '', width = String(tileWidth)] =
    /^\/tile\/(data|[0-5])\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  if (level === '') return ok('text/plain', undefined);
  const number = Number(index.replaceAll(/[x/]/g, ''));
  const body =
    level === 'data' ? log.dataTile(number, Number(width)) : log.hashTile(Number(level), number, Number(width));
  return ok('application/octet-stream', body);
};
