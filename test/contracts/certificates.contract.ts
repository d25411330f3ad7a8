import { describe, expect, test } from '@jest/globals';
import type { CertificateState, Finding, SourceReading } from '../../lib/contracts/certificate.ts';
import type { CertificateRecords } from '../../lib/ports/certificates.ts';

export type CertificatesWorld = { port: CertificateRecords; run: string; otherRun: string };

const at = '2026-05-01T10:00:00.000Z';
export const aFinding = (differs: Partial<Finding> = {}): Finding => ({
  subject: 'https://shop.example.com:443',
  health: 'BAD',
  reasons: [{ rule: 'expired', health: 'BAD', says: 'it expired', address: '192.0.2.1' }],
  served: [{ address: '192.0.2.1', key: 'rsa', leaf: 'a'.repeat(64), notBefore: at, notAfter: at }],
  ...differs,
});
export const aState = (differs: Partial<CertificateState> = {}): CertificateState => ({
  ...aFinding(),
  since: at,
  told: true,
  seenAt: at,
  services: ['shop'],
  endpoint: { host: 'shop.example.com', port: 443, protocol: 'https' },
  life: { notBefore: at, notAfter: at },
  ...differs,
});
const aReading = (count: number): SourceReading => ({
  state: 'read',
  source: 'acm',
  entries: Array.from({ length: count }, (_, index) => ({
    id: `acm:${index}`,
    source: 'acm',
    names: [`host-${index}.${'long.'.repeat(40)}example.com`],
    renewer: 'acm',
    uses: [],
    endpoints: [],
  })),
});
const bySubject = (states: readonly { subject: string }[]) =>
  [...states].sort((a, b) => (a.subject < b.subject ? -1 : 1));

/** `make` gives records without anything in them each time. */
export const describeCertificates = (name: string, make: () => Promise<CertificatesWorld>): void => {
  describe(`CertificateRecords: ${name}`, () => {
    test('nothing is known at first', async () => {
      const { port, run } = await make();
      expect(await port.all()).toEqual([]);
      expect(await port.cursors()).toEqual([]);
      expect(await port.readings(run)).toEqual([]);
      expect(await port.findings(run)).toEqual([]);
    });

    test('states are kept as they were written, the newest of each subject', async () => {
      const { port } = await make();
      const other = aState({ subject: 'acm:1', health: 'OK', told: false });
      await port.keep([aState(), other]);
      await port.keep([aState({ health: 'OK', reasons: [] })]);
      expect(bySubject(await port.all())).toEqual([other, aState({ health: 'OK', reasons: [] })]);
    });

    test('thousands are kept and read', async () => {
      const { port } = await make();
      const many = Array.from({ length: 1500 }, (_, index) =>
        aState({ subject: `acm:${String(index).padStart(5, '0')}` }),
      );
      await port.keep(many);
      expect(bySubject(await port.all())).toEqual(many);
    });

    test('what is forgotten is gone, and may be forgotten again', async () => {
      const { port } = await make();
      await port.keep([aState()]);
      await port.forget(aState().subject);
      await port.forget(aState().subject);
      expect(await port.all()).toEqual([]);
    });

    test('a cursor takes the place of the one before', async () => {
      const { port } = await make();
      await port.keepCursors([
        { log: 'a', size: 1, root: 'x' },
        { log: 'b', size: 2, root: 'y' },
      ]);
      await port.keepCursors([{ log: 'a', size: 3, root: 'z' }]);
      const cursors = [...(await port.cursors())].sort((a, b) => (a.log < b.log ? -1 : 1));
      expect(cursors).toEqual([
        { log: 'a', size: 3, root: 'z' },
        { log: 'b', size: 2, root: 'y' },
      ]);
    });

    test('what a run read is kept for it alone, however much it is', async () => {
      const { port, run, otherRun } = await make();
      await port.keepReadings(run, [aReading(1)]);
      await port.keepReadings(run, [aReading(3000), { state: 'unread', source: 'secret', reason: 'no answer' }]);
      expect(await port.readings(run)).toEqual([
        aReading(3000),
        { state: 'unread', source: 'secret', reason: 'no answer' },
      ]);
      expect(await port.readings(otherRun)).toEqual([]);
    });

    test('what parts of a run found is kept together; a part again replaces what it found before', async () => {
      const { port, run, otherRun } = await make();
      const found = (subject: string) => aFinding({ subject });
      await port.keepFindings(run, 'batch-0', [found('a'), found('b')]);
      await port.keepFindings(run, 'batch-1', [found('c')]);
      await port.keepFindings(run, 'batch-0', [found('d')]);
      await port.keepFindings(otherRun, 'batch-0', [found('e')]);
      expect(bySubject(await port.findings(run))).toEqual([found('c'), found('d')]);
    });
  });
};
