import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loopback } from './http.ts';

const listenOn = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** Listens on loopback, on the port it had before, or on a free one if that is new or was taken by another program. */
export const listen = (server: Server, port = 0): Promise<number> =>
  listenOn(server, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return listenOn(server, 0);
  });
