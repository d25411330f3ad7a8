import * as v from 'valibot';
import { CertificateState, Finding, SourceReading } from '../../../lib/contracts/certificate.ts';
import type { CertificateRecords } from '../../../lib/ports/certificates.ts';
import { bodyOf } from './body.ts';
import type { Store } from './database.ts';

const Cursor = v.object({ log: v.string(), size: v.number(), root: v.string() });
const runsAreKeptDays = 7;

export const storedCertificates = (store: Store): CertificateRecords => {
  const keepPart = (run: string, kind: string, part: string, value: unknown): void =>
    store.write((database) => {
      database.prepare("DELETE FROM certificate_runs WHERE at < datetime('now', ?)").run(`-${runsAreKeptDays} days`);
      database
        .prepare("INSERT OR REPLACE INTO certificate_runs VALUES (?, ?, ?, datetime('now'), ?)")
        .run(run, kind, part, JSON.stringify(value));
    });
  const partsOf = <T>(run: string, kind: string, schema: v.GenericSchema<unknown, T[]>): T[] =>
    store.read((database) =>
      database
        .prepare('SELECT body FROM certificate_runs WHERE run = ? AND kind = ? ORDER BY part')
        .all(run, kind)
        .flatMap((row) => bodyOf('certificate_runs', row, schema)),
    );

  return {
    all: async () =>
      store.read((database) =>
        database
          .prepare('SELECT body FROM certificates ORDER BY subject')
          .all()
          .map((row) => bodyOf('certificates', row, CertificateState)),
      ),
    keep: async (states) =>
      store.write((database) => {
        const put = database.prepare('INSERT OR REPLACE INTO certificates VALUES (?, ?)');
        for (const state of states) put.run(state.subject, JSON.stringify(state));
      }),
    forget: async (subject) =>
      store.write((database) => void database.prepare('DELETE FROM certificates WHERE subject = ?').run(subject)),
    cursors: async () =>
      store.read((database) =>
        database
          .prepare('SELECT body FROM certificate_logs ORDER BY log')
          .all()
          .map((row) => bodyOf('certificate_logs', row, Cursor)),
      ),
    keepCursors: async (cursors) =>
      store.write((database) => {
        const put = database.prepare('INSERT OR REPLACE INTO certificate_logs VALUES (?, ?)');
        for (const cursor of cursors) put.run(cursor.log, JSON.stringify(cursor));
      }),
    keepReadings: async (run, readings) => keepPart(run, 'readings', 'all', readings),
    readings: async (run) => partsOf(run, 'readings', v.array(SourceReading)),
    keepFindings: async (run, part, findings) => keepPart(run, 'findings', part, findings),
    findings: async (run) => partsOf(run, 'findings', v.array(Finding)),
  };
};
