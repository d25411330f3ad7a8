import type { Silence } from '../../contracts/certificate.ts';

/** Why nothing was seen of a certificate. */
export type Silent = { silence: Silence; reason: string };

/** How far a connection came before it failed. */
export type Phase = 'connecting' | 'asking' | 'shaking hands';

/** Carries its own word for what went wrong. */
export class NotSeen extends Error {
  readonly silence: Silence;

  constructor(silence: Silence, message: string) {
    super(message);
    this.silence = silence;
  }
}

const byCode: Record<string, Silence> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  EACCES: 'refused',
  EPERM: 'refused',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no-tls',
  ERR_SSL_UNEXPECTED_MESSAGE: 'no-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no-tls',
  ERR_SSL_BAD_RECORD_TYPE: 'no-tls',
  ERR_SSL_HTTP_REQUEST: 'no-tls',
};

export const silenceOf = (error: unknown, phase: Phase): Silent => {
  if (error instanceof NotSeen) return { silence: error.silence, reason: error.message };
  const { code = '', message } = error as NodeJS.ErrnoException;
  const silence = byCode[code] ?? (phase === 'shaking hands' ? 'handshake-failed' : 'reset');
  return { silence, reason: `${phase}: ${said(code, message)}` };
};

/** Of OpenSSL's line only what a person can use; the rest is addresses in memory and names of its files. */
const said = (code: string, message: string): string => {
  const [, , , , , text] = message.split(':');
  return message.includes(':SSL routines:') && text ? `${text.trim()} (${code})` : message.trim();
};
