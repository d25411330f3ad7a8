import type { Socket } from 'node:net';
import type { Protocol } from '../../contracts/certificate.ts';
import { NotSeen } from './silence.ts';
import { readExactly } from './wire.ts';

/** PostgreSQL protocol 3, section 54.2.10: length 8, then the code of an SSLRequest. */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Brings a connection to where TLS begins. Errors: `NotSeen` with `no-tls` when the server has none. */
export const askForTls = async (socket: Socket, protocol: Protocol): Promise<void> => {
  if (protocol !== 'postgres') return;
  socket.write(sslRequest);
  const answer = (await readExactly(socket, 1)).toString('latin1');
  if (answer !== 'S') throw new NotSeen('no-tls', `PostgreSQL answered ${JSON.stringify(answer)} when asked for TLS`);
  // Whatever is there before TLS began was put in by somebody in between (CVE-2021-23222).
  if (socket.readableLength > 0)
    throw new NotSeen('no-tls', 'PostgreSQL sent bytes in the clear after it agreed to TLS');
};
