import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { bits, type Der, integer, moment, nothing, octets, oid, sequence, set, text, tlv, yes } from './der.ts';

/* X.509 certificates (RFC 5280) at once and without a process, good and bad ones: for the model's world and for tests. */

/** How a name and its key are known to whoever issues and trusts. */
export type Identity = { name: string; organization: string; publicKey: KeyObject; privateKey: KeyObject };

export type KeyKind = 'ecdsa' | 'rsa' | 'weak-rsa';

/** `serial`: positive; a certificate is known by it and its issuer. Without it the moment it begins makes one. */
export type Wanted = {
  names?: readonly string[];
  fromMs: number;
  toMs: number;
  authority?: boolean;
  sha1?: boolean;
  serial?: number;
  /** A precertificate (RFC 6962 section 3.1). */
  poison?: boolean;
};

export const newIdentity = (name: string, organization: string, kind: KeyKind = 'ecdsa'): Identity => {
  const keys =
    kind === 'ecdsa'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 1024 });
  return { name, organization, ...keys };
};

/** DER of a certificate for `subject` that `issuer` signed. */
export const issue = (subject: Identity, issuer: Identity, wanted: Wanted): Der => {
  const algorithm = algorithmOf(issuer, wanted);
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(serialOf(subject, wanted)),
    algorithm.id,
    nameOf(issuer),
    sequence(moment(wanted.fromMs), moment(wanted.toMs)),
    nameOf(subject),
    subject.publicKey.export({ type: 'spki', format: 'der' }),
    extensionsOf(wanted),
  );
  return sequence(body, algorithm.id, bits(sign(algorithm.hash, body, issuer.privateKey)));
};

export const pemOf = (certificate: Der): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')}\n-----END CERTIFICATE-----\n`;

/** Short and positive: the first byte is below 0x80 and no zero. */
const serialOf = ({ name }: Identity, { fromMs, toMs, serial }: Wanted): Der => {
  if (serial !== undefined) return Buffer.from([1, ...Buffer.from(serial.toString(16).padStart(8, '0'), 'hex')]);
  return Buffer.concat([
    Buffer.from([1]),
    createHash('sha256').update(`${name}|${fromMs}|${toMs}`).digest().subarray(0, 8),
  ]);
};

const algorithmOf = ({ privateKey }: Identity, { sha1 = false }: Wanted) => {
  const hash = sha1 ? 'sha1' : 'sha256';
  if (privateKey.asymmetricKeyType === 'rsa')
    return { hash, id: sequence(oid(sha1 ? '2a864886f70d010105' : '2a864886f70d01010b'), nothing) };
  return { hash, id: sequence(oid(sha1 ? '2a8648ce3d0401' : '2a8648ce3d040302')) };
};

const nameOf = ({ name, organization }: Identity): Der =>
  sequence(set(sequence(oid('55040a'), text(organization))), set(sequence(oid('550403'), text(name))));

const extensionsOf = ({ names = [], authority = false, poison = false }: Wanted): Der =>
  tlv(
    0xa3,
    sequence(
      ...(authority ? [sequence(oid('551d13'), yes, octets(sequence(yes)))] : []),
      ...(names.length > 0 ? [sequence(oid('551d11'), octets(sequence(...names.map(alternativeName))))] : []),
      ...(poison ? [sequence(oid('2b06010401d679020403'), yes, octets(nothing))] : []),
    ),
  );

const alternativeName = (name: string): Der =>
  isIP(name) === 4 ? tlv(0x87, Buffer.from(name.split('.').map(Number))) : tlv(0x82, Buffer.from(name));
