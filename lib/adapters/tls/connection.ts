import type { Socket } from 'node:net';
import type { Endpoint } from '../../contracts/certificate.ts';
import { NotSeen, type Phase, type Silent, silenceOf } from './silence.ts';
import { askForTls } from './starttls.ts';
import { connected } from './wire.ts';

export type Target = { endpoint: Endpoint; address: string };

/** Begins a connection. Whoever gives another than `dialed` puts an endpoint somewhere else than its name and port say. */
export type Dial = (target: Target) => Socket;

/** What came of a connection: a value, or why there is none. */
export type Attempt<T> = { value: T } | Silent;

/**
 * One connection to one address, from the first packet to its end. After `limitMs` it is cut, wherever it is: a server that
 * accepts and says nothing costs this long and no longer.
 */
export const withConnection = async <T>(
  target: Target,
  { dial, limitMs }: { dial: Dial; limitMs: number },
  use: (socket: Socket) => Promise<T>,
): Promise<Attempt<T>> => {
  if (limitMs <= 0) return { silence: 'timeout', reason: 'there was no time left to ask' };
  let phase: Phase = 'connecting';
  const socket = dial(target);
  // Whatever still comes after this connection was read or given up concerns nobody.
  socket.on('error', () => undefined);
  const late = () => new NotSeen('timeout', `no answer within ${Math.ceil(limitMs / 1000)} s`);
  const timer = setTimeout(() => socket.destroy(late()), limitMs);
  try {
    await connected(socket);
    phase = 'asking';
    await askForTls(socket, target.endpoint.protocol);
    phase = 'shaking hands';
    return { value: await use(socket) };
  } catch (error) {
    return silenceOf(socket.errored ?? error, phase);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
};
