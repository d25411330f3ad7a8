import { isIP } from 'node:net';

/** What SNI says: a name, never an address (RFC 6066 section 3). */
export const serverNameOf = (host: string): string | undefined => (isIP(host) ? undefined : host);
