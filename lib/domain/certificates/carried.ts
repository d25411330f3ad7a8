import type { CertificateState, Finding, InventoryEntry, Source, SourceReading } from '../../contracts/certificate.ts';
import { isTransparency } from './judge-transparency.ts';
import { cut, moment, unknown } from './say.ts';

/** What a run goes on with: all that sources said, and what was known before and was not said again, with the reason. */
export type Stock = { entries: InventoryEntry[]; missed: Finding[] };

/**
 * Rule: an entry that vanished is missed, and one whose source could not be read is not gone. Both stay, UNKNOWN, with the places
 * where they must be served, until a person says that they are gone on purpose.
 */
export const stockOf = (readings: readonly SourceReading[], before: readonly CertificateState[]): Stock => {
  const fresh = distinct(readings.flatMap((reading) => (reading.state === 'read' ? reading.entries : [])));
  const ids = new Set(fresh.map(({ id }) => id));
  const reasons = new Map(
    readings.flatMap((one) => (one.state === 'unread' ? [[one.source, one.reason] as const] : [])),
  );
  const carried = before.filter(({ entry }) => entry && !ids.has(entry.id));
  const silent = readings.flatMap((one) => (one.state === 'unread' ? [unreadSource(one.source, one.reason)] : []));
  return {
    entries: [...fresh, ...carried.flatMap(({ entry }) => entry ?? [])],
    missed: [...carried.flatMap((state) => missedBecause(state, reasons)), ...silent],
  };
};

/** The same id from two readings of a source is one entry. */
const distinct = (entries: readonly InventoryEntry[]): InventoryEntry[] => [
  ...new Map(entries.map((entry) => [entry.id, entry])).values(),
];

const missedBecause = ({ entry, seenAt }: CertificateState, reasons: ReadonlyMap<Source, string>): Finding[] => {
  if (!entry || isTransparency(entry)) return [];
  const unread = reasons.get(entry.source);
  const reason =
    unread === undefined
      ? unknown(
          'vanished',
          `${entry.source} knows it no more, and did on ${moment(seenAt)}; if it is gone on purpose: evenkeel certificates forget ${entry.id}`,
        )
      : unknown('unread', `${entry.source} could not be asked about it: ${cut(unread, 120)}`);
  return [{ subject: entry.id, health: 'UNKNOWN', reasons: [reason], served: [] }];
};

/** A source that was never read has no entries to miss, and that must be seen too. */
const unreadSource = (source: Source, reason: string): Finding => ({
  subject: `source:${source}`,
  health: 'UNKNOWN',
  reasons: [unknown('unread', `the source ${source} could not be read: ${cut(reason, 160)}`)],
  served: [],
});
