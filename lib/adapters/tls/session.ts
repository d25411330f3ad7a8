import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { contextFor, type KeyKind } from './contexts.ts';
import { NotSeen } from './silence.ts';

/** A TLS session that was just set up. `chain`: DER, as it was sent, leaf first. */
export type Session = { socket: TLSSocket; version: string; chain: Buffer[]; staple?: Buffer };

const longestChain = 10;

/**
 * Sets up TLS whatever the chain is worth: it is read here, not believed, and nothing secret is ever sent. No session is
 * taken up again, because then no certificate would be sent.
 */
export const openSession = (socket: Socket, kind: KeyKind | 'any', servername?: string): Promise<Session> =>
  new Promise((resolve, reject) => {
    const secure = connect({
      socket,
      secureContext: contextFor(kind),
      rejectUnauthorized: false,
      requestOCSP: true,
      ALPNProtocols: ['http/1.1'],
      ...(servername !== undefined && { servername }),
    });
    let staple: Buffer | undefined;
    secure.once('OCSPResponse', (response: Buffer | null) => {
      if (response?.length) staple = response;
    });
    secure.on('error', reject);
    secure.once('close', () => reject(new NotSeen('reset', 'closed in the middle of the handshake')));
    secure.once('secureConnect', () => {
      const chain = sentChain(secure.getPeerX509Certificate());
      if (chain.length === 0) return reject(new NotSeen('handshake-failed', 'the server sent no certificate'));
      resolve({ socket: secure, version: secure.getProtocol() ?? 'unknown', chain, ...(staple && { staple }) });
    });
  });

/** Node links the certificates in the order in which they came, whether or not each was issued by the next. */
const sentChain = (leaf: X509Certificate | undefined): Buffer[] => {
  const chain: Buffer[] = [];
  for (let next = leaf; next && chain.length < longestChain; next = next.issuerCertificate) chain.push(next.raw);
  return chain;
};
