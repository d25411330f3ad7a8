import { type CaaReading, type Finding, type InventoryEntry, isHostName } from '../../contracts/certificate.ts';
import type { CertificateSection } from '../../contracts/certificate-policy.ts';
import { judgeCaa } from './judge-caa.ts';
import { isTransparency } from './judge-transparency.ts';
import { shortened } from './shortened.ts';
import { worstOf } from './worst.ts';

/** CAA records of a wildcard stand at the name below which it is wild. */
const caaNameOf = (name: string): string => name.replace(/^\*\./, '');

const isAddress = (name: string): boolean => name.includes(':') || /^[\d.]+$/.test(name);

const namesOf = ({ certificate }: InventoryEntry): string[] =>
  (certificate?.names ?? []).filter((name) => !isAddress(name) && isHostName(caaNameOf(name)));

/** All names for which a renewal will ask who may issue. */
export const caaNamesOf = (entries: readonly InventoryEntry[]): string[] => [
  ...new Set(
    entries
      .filter((entry) => !isTransparency(entry))
      .flatMap(namesOf)
      .map(caaNameOf),
  ),
];

/** Of each certificate for one of whose names something is wrong. */
export const caaFindings = (
  entries: readonly InventoryEntry[],
  readings: readonly CaaReading[],
  { issuers }: Pick<CertificateSection, 'issuers'>,
): Finding[] => {
  const byName = new Map(readings.map((reading) => [reading.name, reading]));
  return entries.flatMap((entry) => {
    const { certificate } = entry;
    if (!certificate || isTransparency(entry)) return [];
    const reasons = namesOf(entry).flatMap((name) => {
      const reading = byName.get(caaNameOf(name)) ?? {
        state: 'unread',
        name: caaNameOf(name),
        reason: 'nobody answered',
      };
      return judgeCaa(reading, certificate, issuers, name.startsWith('*.'));
    });
    return reasons.length === 0
      ? []
      : [{ subject: entry.id, health: worstOf(reasons), reasons: shortened(reasons), served: [] }];
  });
};
