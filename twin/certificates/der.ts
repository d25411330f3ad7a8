/* DER (ITU-T X.690), as far as X.509 certificates need it: Node can sign but not write it. */

export type Der = Buffer;

export const tlv = (tag: number, ...parts: readonly Der[]): Der => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
};

/** The shortest form that fits: Go refuses any other. */
const lengthOf = ({ length }: Der): Der => {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
};

export const sequence = (...parts: readonly Der[]): Der => tlv(0x30, ...parts);
export const set = (...parts: readonly Der[]): Der => tlv(0x31, ...parts);
export const integer = (bytes: Der): Der => tlv(0x02, bytes);
export const oid = (hex: string): Der => tlv(0x06, Buffer.from(hex, 'hex'));
export const text = (value: string): Der => tlv(0x0c, Buffer.from(value));
export const bits = (bytes: Der): Der => tlv(0x03, Buffer.from([0]), bytes);
export const octets = (bytes: Der): Der => tlv(0x04, bytes);
export const yes: Der = tlv(0x01, Buffer.from([0xff]));
export const nothing: Der = tlv(0x05);
/** GeneralizedTime, to the second. */
export const moment = (ms: number): Der =>
  tlv(0x18, Buffer.from(new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')));
