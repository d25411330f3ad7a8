import type { Socket } from 'node:net';
import type { OldVersion } from '../../contracts/certificate.ts';
import { clientHello, type OldVersionName, oldVersions } from './client-hello.ts';
import { readExactly } from './wire.ts';

type Answer = OldVersion['answer'];

const alertRecord = 21;
const handshakeRecord = 22;
const serverHello = 2;
const warning = 1;
/** handshake_failure, protocol_version, insufficient_security and inappropriate_fallback (RFC 5246 section 7.2.2, RFC 7507). */
const refusals = new Set([40, 70, 71, 86]);
/** A warning, as about an unknown name, may come before the answer. */
const mostWarnings = 3;

/**
 * Whether a server takes an old version of TLS. Every suite of that time was offered, so a server that finds none refuses.
 * One that only hangs up, or says something else, has not said why: `unknown`.
 */
export const askOldVersion = async (socket: Socket, version: OldVersionName, host?: string): Promise<Answer> => {
  socket.write(clientHello(version, host));
  for (let seen = 0; seen <= mostWarnings; seen += 1) {
    const [kind, , , high = 0, low = 0] = await readExactly(socket, 5);
    if (kind === alertRecord && high === 0 && low === 2) {
      const [level, what = 0] = await readExactly(socket, 2);
      if (level !== warning) return refusals.has(what) ? 'refused' : 'unknown';
    } else {
      return kind === handshakeRecord ? readServerHello(socket) : 'unknown';
    }
  }
  return 'unknown';
};

/** Kind, three bytes of length, and the version that the server chose. */
const readServerHello = async (socket: Socket): Promise<Answer> => {
  const head = await readExactly(socket, 6);
  const chosen = head.readUInt16BE(4);
  const old: readonly number[] = Object.values(oldVersions);
  return head[0] === serverHello && old.includes(chosen) ? 'accepted' : 'unknown';
};
