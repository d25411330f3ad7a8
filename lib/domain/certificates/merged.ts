import type { Finding } from '../../contracts/certificate.ts';
import { shortened } from './shortened.ts';
import { worstOf } from './worst.ts';

/** One finding for each subject, of all that were found of it. The worst wins. */
export const merged = (findings: readonly Finding[]): Map<string, Finding> => {
  const bySubject = new Map<string, Finding[]>();
  for (const finding of findings) bySubject.set(finding.subject, [...(bySubject.get(finding.subject) ?? []), finding]);
  return new Map([...bySubject].map(([subject, parts]) => [subject, together(subject, parts)]));
};

const together = (subject: string, parts: readonly Finding[]): Finding => {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const reasons = shortened(parts.flatMap((part) => part.reasons));
  return { subject, health: worstOf(parts), reasons, served: parts.flatMap(({ served }) => served) };
};
