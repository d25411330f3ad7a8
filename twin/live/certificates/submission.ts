import { createHash, X509Certificate } from 'node:crypto';
import { vectorBytes } from '../../../lib/domain/transparency/bytes.ts';
import type { LeafContent } from '../../../lib/domain/transparency/entry.ts';
import { element, elementsOf, sequence } from '../../../lib/domain/transparency/tbs.ts';

/** The extension that makes a precertificate unusable: 1.3.6.1.4.1.11129.2.4.3 (RFC 6962 section 3.1). */
const poison = Buffer.from('060a2b06010401d679020403', 'hex');
const extensionsTag = 0xa3;

/** What a log makes of a chain that was handed in, leaf first, in DER. A leaf with the poison is a precertificate. */
export const contentOf = ([der = Buffer.alloc(0), issuer]: readonly Buffer[]): LeafContent => {
  const tbs = tbsOf(der);
  const healed = withoutPoison(tbs);
  if (healed.equals(tbs)) return { kind: 'certificate', der };
  if (!issuer) throw new RangeError('the chain of a precertificate ends before its issuer');
  return { kind: 'precertificate', tbs: healed, issuerKeyHash: keyHashOf(issuer) };
};

/** What goes into `extra_data` beside the leaf (RFC 6962 section 4.6). */
export const extraDataOf = ([der = Buffer.alloc(0), ...issuers]: readonly Buffer[], content: LeafContent): Buffer => {
  const chain = vectorBytes(3, Buffer.concat(issuers.map((issuer) => vectorBytes(3, issuer))));
  return content.kind === 'certificate' ? chain : Buffer.concat([vectorBytes(3, der), chain]);
};

/** What follows an entry in a data tile (c2sp.org/static-ct-api). */
export const tileDataOf = ([der = Buffer.alloc(0), ...issuers]: readonly Buffer[], content: LeafContent): Buffer => {
  const fingerprints = vectorBytes(2, Buffer.concat(issuers.map(sha256)));
  return content.kind === 'certificate' ? fingerprints : Buffer.concat([vectorBytes(3, der), fingerprints]);
};

const tbsOf = (der: Buffer): Buffer => elementsOf(elementsOf(der)[0]?.content ?? der)[0]?.whole ?? Buffer.alloc(0);

const withoutPoison = (tbs: Buffer): Buffer =>
  element(
    sequence,
    ...elementsOf(elementsOf(tbs)[0]?.content ?? tbs).map(({ tag, whole, content }) =>
      tag === extensionsTag ? healedExtensions(content) : whole,
    ),
  );

const healedExtensions = (content: Buffer): Buffer => {
  const extensions = elementsOf(elementsOf(content)[0]?.content ?? content);
  const kept = extensions.filter((extension) => !extension.content.subarray(0, poison.length).equals(poison));
  return element(extensionsTag, element(sequence, ...kept.map(({ whole }) => whole)));
};

const keyHashOf = (der: Buffer): Buffer =>
  sha256(new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' }));

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
