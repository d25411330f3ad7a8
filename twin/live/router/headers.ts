import type { IncomingMessage } from 'node:http';

/** These describe one connection, not the message (RFC 9110, 7.6.1). */
const perConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Name, value, name, value, as they came, without those that belong to the connection they came on. */
export const forwardable = ({ rawHeaders }: IncomingMessage): string[] => {
  const named = [...perConnection, ...listedIn(rawHeaders)];
  return rawHeaders.filter((_, i) => !named.includes((rawHeaders[i - (i % 2)] ?? '').toLowerCase()));
};

const listedIn = (rawHeaders: readonly string[]): string[] => {
  const at = rawHeaders.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === 'connection');
  return at < 0 ? [] : (rawHeaders[at + 1] ?? '').split(',').map((name) => name.trim().toLowerCase());
};

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
