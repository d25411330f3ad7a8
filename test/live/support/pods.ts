import { createServer, type RequestListener, type Server } from 'node:http';
import { listen } from '../../../twin/live/process/listen.ts';

/** Stand-ins for pods, in the test's own process, so that a test decides what goes wrong and when. */
export type FakePods = { start(answer: RequestListener): Promise<number>; deadPort(): Promise<number>; close(): void };

export const fakePods = (): FakePods => {
  const servers: Server[] = [];
  const start = async (answer: RequestListener) => {
    const server = createServer({ keepAliveTimeout: 0 }, answer);
    servers.push(server);
    return listen(server);
  };
  return {
    start,
    async deadPort() {
      const port = await start(() => undefined);
      await new Promise((resolve) => servers.at(-1)?.close(resolve));
      return port;
    },
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
};
