import {
  type CertificateState,
  endpointName,
  type Finding,
  type InventoryEntry,
  type SourceReading,
} from '../../contracts/certificate.ts';
import type { CertificateSection } from '../../contracts/certificate-policy.ts';
import type { Instant } from '../../contracts/instant.ts';
import { stockOf } from './carried.ts';
import { type Intended, intendedOf } from './intended.ts';
import { judgeEntry } from './judge-entry.ts';
import { isTransparency, judgeLogged, knownIssuances } from './judge-transparency.ts';
import { merged } from './merged.ts';
import { unknown } from './say.ts';

/** All that a check knows when everything was read. `findings`: what its parts have found so far. */
export type Facts = {
  section: CertificateSection;
  readings: readonly SourceReading[];
  before: readonly CertificateState[];
  findings: readonly Finding[];
  now: Instant;
};

export type Judgement = {
  findings: Map<string, Finding>;
  /** By `id`. */
  entries: Map<string, InventoryEntry>;
  intended: Map<string, Intended>;
};

/** Joins what is meant with what was seen. Rule: everything that is known, or was, has a finding; nothing that was not looked at is OK. */
export const judgeAll = ({ section, readings, before, findings, now }: Facts): Judgement => {
  const { entries, missed } = stockOf(readings, before);
  const intended = intendedOf(entries);
  const known = knownIssuances(entries);
  const judged = entries.flatMap((entry) =>
    isTransparency(entry) ? (judgeLogged(entry, known, section, now) ?? []) : judgeEntry(entry, section, now),
  );
  const seen = new Set(findings.map(({ subject }) => subject));
  const unseen = [...intended.keys()].filter((name) => !seen.has(name)).map(notProbed);
  const gone = before.filter(({ endpoint }) => endpoint && !intended.has(endpointName(endpoint))).map(noLongerNamed);
  return {
    findings: merged([...judged, ...missed, ...findings, ...unseen, ...gone]),
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    intended,
  };
};

const notProbed = (subject: string): Finding => ({
  subject,
  health: 'UNKNOWN',
  reasons: [unknown('not-asked', 'it was not asked what it serves')],
  served: [],
});

const noLongerNamed = ({ subject }: CertificateState): Finding => ({
  subject,
  health: 'UNKNOWN',
  reasons: [
    unknown(
      'vanished',
      `no source names this place any more; if it is gone on purpose: evenkeel certificates forget ${subject}`,
    ),
  ],
  served: [],
});
