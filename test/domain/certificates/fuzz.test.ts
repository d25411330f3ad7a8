import { rootCertificates } from 'node:tls';
import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { Certificate, Finding } from '../../../lib/contracts/certificate.ts';
import { Anchors } from '../../../lib/domain/certificates/anchors.ts';
import { judgeEndpoint } from '../../../lib/domain/certificates/judge-endpoint.ts';
import { isUnreadable, readCertificate } from '../../../lib/domain/certificates/read-certificate.ts';
import { anchors, aReading, aStandard, intermediateDer, leafDer, rootDer, served } from './authority.ts';

jest.setTimeout(60_000);

/* What strangers send must never end in an exception, in a finding that is too large, or in an OK that was not earned. */

const real = [leafDer(), intermediateDer, rootDer, ...rootCertificates.slice(0, 40).map(derIn)].map((der) =>
  Buffer.from(der, 'base64'),
);

function derIn(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}

/** A certificate of which some bytes are others, some are missing, or some are there twice. */
const mutated = fc
  .record({
    der: fc.constantFrom(...real),
    edits: fc.array(
      fc.record({
        at: fc.nat(4000),
        kind: fc.constantFrom('set', 'cut', 'repeat', 'insert'),
        byte: fc.nat(255),
        length: fc.nat(40),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ der, edits }) =>
    edits.reduce<Buffer>(
      (bytes, { at, kind, byte, length }) => edit(bytes, at % Math.max(1, bytes.length), kind, byte, length),
      der,
    ),
  );

const edit = (bytes: Buffer, at: number, kind: string, byte: number, length: number): Buffer => {
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
  if (kind === 'cut') return Buffer.concat([before, after]);
  if (kind === 'repeat') return Buffer.concat([before, part, part, after]);
  if (kind === 'insert') return Buffer.concat([before, Buffer.alloc(length, byte), part, after]);
  const changed = Buffer.from(bytes);
  if (changed.length > 0) changed[at] = byte;
  return changed;
};

const anything = fc.oneof(
  mutated,
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
);

test('what is read is a certificate as it is promised, and what is not is an answer', () => {
  fc.assert(
    fc.property(anything, (der) => {
      const read = readCertificate(der);
      expect(isUnreadable(read) ? typeof read.unreadable === 'string' : v.is(Certificate, read)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('any chain is judged, shortly, and none of strangers is OK', () => {
  fc.assert(
    fc.property(fc.array(anything, { minLength: 1, maxLength: 10 }), (chain) => {
      const finding = judgeEndpoint(
        aReading({ handshakes: [served(chain.map((der) => der.toString('base64')))] }),
        aStandard(),
      );
      expect(v.is(Finding, finding)).toBe(true);
      expect(JSON.stringify(finding).length).toBeLessThan(12_000);
      // Bytes may also be changed where nobody signs and nobody looks, or be left as they were.
      if (!chain.some((der) => real.some((one) => one.equals(der)))) expect(finding.health).not.toBe('OK');
    }),
    { numRuns: 600 },
  );
});

test('a chain that goes in circles ends', () => {
  const maze = new Anchors([]);
  const chain = [leafDer(), intermediateDer, rootDer, intermediateDer, leafDer(), rootDer];
  const finding = judgeEndpoint(aReading({ handshakes: [served(chain)] }), aStandard({ anchors: maze }));
  expect(finding).toMatchObject({
    health: 'BAD',
    reasons: expect.arrayContaining([expect.objectContaining({ rule: 'chain' })]),
  });
});

test('an anchor that cannot be read is not trusted, and takes nothing from the others', () => {
  expect(() => new Anchors(['AAAA', ''])).not.toThrow();
  expect(anchors.named('nobody')).toEqual([]);
});
