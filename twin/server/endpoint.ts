import { readPage } from '../live/index.ts';
import { loopback } from '../live/process/http.ts';
import { listen } from '../live/process/listen.ts';
import type { Wiring } from '../wiring/index.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Host } from './host.ts';
import { twinServer } from './http.ts';
import { lastTwin } from './registration.ts';
import { twinStatus } from './status.ts';

/** Where clients reach the twin. It listens from the start, and answers as far as it can. */
export interface Endpoint {
  readonly url: string;
  /** From now on the APIs answer. */
  open(): void;
  /** From now on `/health` says so. */
  ready(): void;
  close(): void;
}

/** On the port of the last time when it is free, so that a client may keep its address over a restart. */
export const openEndpoint = async (
  { stateDir, access }: Host,
  plane: ControlPlane,
  wiring: Wiring,
): Promise<Endpoint> => {
  let stage: 'starting' | 'open' | 'ready' = 'starting';
  const server = twinServer({
    ...plane,
    isOpen: () => stage !== 'starting',
    isReady: () => stage === 'ready',
    page: (name) => readPage(stateDir, name),
    status: () => twinStatus({ stateDir, wiring, access, ...plane }),
  });
  const last = await lastTwin(stateDir);
  const port = await listen(server, last ? Number(new URL(last.endpoint).port) : 0);
  return {
    url: `http://${loopback}:${port}`,
    open() {
      stage = 'open';
    },
    ready() {
      stage = 'ready';
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
};
