import { issue, newIdentity, pemOf } from '../../twin/certificates/issue.ts';

const hourMs = 3_600_000;

/** A certificate authority of its own and a server on 127.0.0.1 that it vouches for, as PEM; good for an hour. */
export const newServerIdentity = (): { ca: string; cert: string; key: string } => {
  const authority = newIdentity('test authority', 'Test');
  const server = newIdentity('127.0.0.1', 'Test');
  const life = { fromMs: Date.now() - hourMs, toMs: Date.now() + hourMs };
  return {
    ca: pemOf(issue(authority, authority, { ...life, authority: true })),
    cert: pemOf(issue(server, authority, { ...life, names: ['127.0.0.1'] })),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
