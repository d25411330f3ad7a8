import { connect } from 'node:net';
import type { Address } from './settings.ts';

const timeoutMs = 3000;

/** `refused`: something is there that wants nobody in. `unnamed`: the name leads nowhere, so nothing was asked. */
export type Reach = 'connected' | 'refused' | 'silent' | 'unnamed';

const byCode: Readonly<Record<string, Reach>> = { ECONNREFUSED: 'refused', ENOTFOUND: 'unnamed', EAI_AGAIN: 'unnamed' };

/** Tries to connect, and sends nothing. */
export const reach = ({ host, port }: Address): Promise<Reach> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (how: Reach) => {
      socket.destroy();
      resolve(how);
    };
    socket.once('connect', () => end('connected'));
    socket.once('timeout', () => end('silent'));
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => end(byCode[code] ?? 'silent'));
  });
