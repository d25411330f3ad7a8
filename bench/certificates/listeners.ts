import { chainPem, type Identity, issue, type KeyKind, keyPem, newKeys } from '../../twin/live/certificates/issue.ts';
import { startListener } from '../../twin/live/certificates/listener.ts';

/*
 * TLS listeners in a process of their own: one line of JSON says where they are, and they end when the caller's end of stdin
 * does. Usage: node listeners.ts <how many>
 */
const dayMs = 86_400_000;
const from = (days: number) => new Date(Date.now() + days * dayMs);
const life = { notBefore: from(-10), notAfter: from(80) };

const root = await issue({ subject: 'CN=Bench Root', keys: await newKeys('ecdsa'), authority: true, ...life });
const issuer = await issue({
  subject: 'CN=Bench Intermediate',
  keys: await newKeys('ecdsa'),
  issuer: root,
  authority: true,
  ...life,
});
/** Making RSA keys takes longest by far, and whose key it is changes nothing of the work that is measured. */
const keys = { ecdsa: await newKeys('ecdsa'), rsa: await newKeys('rsa') };

const leafOf = async (host: string, kind: KeyKind): Promise<{ chain: string; key: string }> => {
  const leaf: Identity = await issue({ subject: `CN=${host}`, names: [host], keys: keys[kind], issuer, ...life });
  return { chain: chainPem(leaf, issuer), key: await keyPem(keys[kind]) };
};

const listen = async (number: number) => {
  const host = `site-${number}.evenkeel.test`;
  const behaviour = { protocol: 'tls', served: [await leafOf(host, 'ecdsa'), await leafOf(host, 'rsa')] } as const;
  return { host, port: (await startListener('127.0.0.1', () => behaviour)).port };
};

const count = Number(process.argv[2]);
console.log(JSON.stringify(await Promise.all(Array.from({ length: count }, (_, number) => listen(number)))));
process.stdin.resume().once('close', () => process.exit(0));
