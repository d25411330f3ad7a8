import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/* X.509 certificates (RFC 5280) for tests over real TLS, in the DER that Node can sign but not write. */

type Der = Buffer;

const tlv = (tag: number, ...parts: Der[]): Der => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
};
/** The shortest form that fits: Go refuses any other. */
const lengthOf = ({ length }: Der): Der => {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
};

const sequence = (...parts: Der[]) => tlv(0x30, ...parts);
const set = (...parts: Der[]) => tlv(0x31, ...parts);
const integer = (bytes: Der) => tlv(0x02, bytes);
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'));
const text = (value: string) => tlv(0x0c, Buffer.from(value));
const bits = (bytes: Der) => tlv(0x03, Buffer.from([0]), bytes);
const octets = (bytes: Der) => tlv(0x04, bytes);
const yes = tlv(0x01, Buffer.from([0xff]));
const moment = (ms: number) => tlv(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')}`));

const commonName = (name: string) => sequence(set(sequence(oid('550403'), text(name))));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const hourMs = 3_600_000;

/** A certificate authority may sign others; a server is known as 127.0.0.1. */
const extensionsOf = (isAuthority: boolean): Der => {
  const authority = sequence(oid('551d13'), yes, octets(sequence(yes)));
  const address = sequence(oid('551d11'), octets(sequence(tlv(0x87, Buffer.from([127, 0, 0, 1])))));
  return tlv(0xa3, sequence(isAuthority ? authority : address));
};

type Subject = { name: string; publicKey: KeyObject; isAuthority: boolean };
type Issuer = { name: string; privateKey: KeyObject };

const certify = (subject: Subject, issuer: Issuer): string => {
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    commonName(issuer.name),
    sequence(moment(Date.now() - hourMs), moment(Date.now() + hourMs)),
    commonName(subject.name),
    subject.publicKey.export({ type: 'spki', format: 'der' }),
    extensionsOf(subject.isAuthority),
  );
  const certificate = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuer.privateKey)));
  return `-----BEGIN CERTIFICATE-----\n${certificate
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')}\n-----END CERTIFICATE-----\n`;
};

/** A certificate authority of its own and a server on 127.0.0.1 that it vouches for, as PEM; good for an hour. */
export const newServerIdentity = (): { ca: string; cert: string; key: string } => {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { name: 'test authority', privateKey: authority.privateKey };
  return {
    ca: certify({ name: issuer.name, publicKey: authority.publicKey, isAuthority: true }, issuer),
    cert: certify({ name: '127.0.0.1', publicKey: server.publicKey, isAuthority: false }, issuer),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
