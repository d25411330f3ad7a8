import { X509Certificate } from 'node:crypto';
import * as v from 'valibot';
import { setting } from '../../runtime/config.ts';

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

const isReadable = (pem: string): boolean => {
  try {
    return Boolean(new X509Certificate(pem));
  } catch {
    return false;
  }
};
const blocksOf = (text: string): string[] => text.match(pemBlock) ?? [];

/** Roots of private authorities, as PEM one after the other; empty for none. */
const Anchors = v.pipe(
  v.string('expected PEM certificates, or nothing; the variable is not set'),
  v.check((text) => text.trim() === '' || blocksOf(text).length > 0, 'expected PEM certificates, or nothing'),
  v.check((text) => blocksOf(text).every(isReadable), 'expected certificates that can be read'),
  v.transform((text) => blocksOf(text).map((pem) => new X509Certificate(pem))),
);

const Hosts = v.pipe(
  v.string('expected host names with commas between, or nothing; the variable is not set'),
  v.transform((text) =>
    text
      .split(',')
      .map((host) => host.trim())
      .filter(Boolean),
  ),
);

export const handshakeSettings = {
  /** Whether IPv6 can be reached from here: `on` or `off`. Where it cannot, every AAAA would look like a broken endpoint. */
  HANDSHAKE_IPV6: v.pipe(setting, v.picklist(['on', 'off'], 'expected on or off')),
  HANDSHAKE_ANCHORS: Anchors,
  HANDSHAKE_PRIVATE_HOSTS: Hosts,
};
