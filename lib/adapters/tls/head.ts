import { request } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Endpoint } from '../../contracts/certificate.ts';

/** What one HEAD was answered with. */
export type Head = { status: number; hsts: string | null; location?: string };

const mostHeaderBytes = 16_384;
const longestHeader = 2000;

/** One HEAD over a session that is already there. It carries no cookie, no token and no body. */
export const askHead = (socket: TLSSocket, { host, port }: Endpoint, path: string): Promise<Head> =>
  new Promise((resolve, reject) => {
    const sent = request({
      createConnection: () => socket,
      method: 'HEAD',
      path,
      headers: { host: port === 443 ? host : `${host}:${port}`, 'user-agent': 'evenkeel-certificates' },
      maxHeaderSize: mostHeaderBytes,
      setDefaultHeaders: false,
    });
    sent.on('error', reject);
    sent.once('close', () => reject(new Error('closed before HEAD was answered')));
    sent.once('response', ({ statusCode = 0, headers }) => {
      const hsts = headers['strict-transport-security'];
      const { location } = headers;
      resolve({
        status: statusCode,
        hsts: hsts?.slice(0, longestHeader) ?? null,
        ...(location !== undefined && location.length <= longestHeader && { location }),
      });
    });
    sent.end();
  });
