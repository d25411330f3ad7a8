import { type IncomingHttpHeaders, request } from 'node:http';

export const loopback = '127.0.0.1';

export type Outgoing = {
  port: number;
  path: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  timeoutMs: number;
};
export type Incoming = { status: number; headers: IncomingHttpHeaders; body: string };

/**
 * One request on a connection of its own: a kept connection may be dead, and then a healthy server looks ill.
 * Rejects when there is no whole answer within `timeoutMs`.
 */
export const send = ({ body, timeoutMs, ...to }: Outgoing): Promise<Incoming> =>
  new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const outgoing = request({ host: loopback, agent: false, signal, ...to }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
