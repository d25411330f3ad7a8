import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type SecureVersion, type Server as TlsServer } from 'node:tls';
import type { Protocol } from '../../../lib/contracts/certificate.ts';

/** One kind of key: its chain as PEM, leaf first, and its key. */
export type Served = { chain: string; key: string };

/** What a listener does with whoever connects. */
export type Behaviour = {
  protocol: Protocol;
  served: readonly Served[];
  /** `slow`: accepts and says nothing. `reset`: hangs up hard. `no-tls`: answers, but not in TLS. */
  fault?: 'slow' | 'reset' | 'no-tls';
  minVersion?: SecureVersion;
  staple?: Buffer;
  /** Strict-Transport-Security; none is sent without it. */
  hsts?: string;
  /** Where HTTP is sent on to. */
  redirect?: string;
};

export type Listener = { port: number; close(): Promise<void> };

/** Serves at one address until it is closed. `now`: asked anew for each connection, so that what it serves may change. */
export const startListener = async (address: string, now: () => Behaviour, port = 0): Promise<Listener> => {
  const ends = new WeakMap<Behaviour, TlsServer>();
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    const behaviour = now();
    const end = ends.get(behaviour) ?? tlsEnd(behaviour);
    ends.set(behaviour, end);
    welcome(socket, behaviour, end);
  });
  await listening(server, address, port);
  return {
    port: (server.address() as { port: number }).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
};

const listening = (server: Server, address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen({ host: address, port, backlog: 511 }, resolve);
  });

const welcome = (socket: Socket, { fault, protocol }: Behaviour, end: TlsServer): void => {
  if (fault === 'slow') return;
  if (fault === 'reset') return void socket.resetAndDestroy();
  if (fault === 'no-tls') return void socket.end(protocol === 'postgres' ? 'N' : 'HTTP/1.1 400 Bad Request\r\n\r\n');
  if (protocol !== 'postgres') return void end.emit('connection', socket);
  // An SSLRequest of PostgreSQL, which is 8 bytes, is agreed to.
  socket.once('data', (request) => {
    if (request.length !== 8) return void socket.destroy();
    socket.pause();
    socket.write('S', () => end.emit('connection', socket));
  });
};

const tlsEnd = (behaviour: Behaviour): TlsServer => {
  const { served, staple, protocol, minVersion = 'TLSv1.2' } = behaviour;
  const http = protocol === 'https' ? httpEnd(behaviour) : undefined;
  const options = {
    cert: served.map(({ chain }) => chain),
    key: served.map(({ key }) => key),
    minVersion,
    // A fault may need what is weak: old versions, SHA-1.
    ciphers: 'DEFAULT:@SECLEVEL=0',
    sessionTimeout: 1,
  };
  const server = createTlsServer(options, (socket) => {
    socket.on('error', () => socket.destroy());
    if (http) http.emit('connection', socket);
    else socket.resume();
  });
  server.on('tlsClientError', (_, socket) => socket.destroy());
  if (staple) server.on('OCSPRequest', (_, __, answer) => answer(null, staple));
  return server;
};

const httpEnd = ({ hsts, redirect }: Behaviour): HttpServer =>
  createHttpServer((_, response) => {
    if (hsts !== undefined) response.setHeader('strict-transport-security', hsts);
    if (redirect !== undefined) response.setHeader('location', redirect);
    response.writeHead(redirect === undefined ? 200 : 301).end();
  });
