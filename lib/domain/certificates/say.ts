import type { Certificate, Health, Reason } from '../../contracts/certificate.ts';
import { type Instant, secondsBetween } from '../../contracts/instant.ts';

/** The parts that every judge answers in. */
export const bad = (rule: string, says: string): Reason => ({ rule, health: 'BAD', says });
export const unknown = (rule: string, says: string): Reason => ({ rule, health: 'UNKNOWN', says });
export const ok = (rule: string, says: string): Reason => ({ rule, health: 'OK', says });

export const at = (address: string, reasons: readonly Reason[]): Reason[] =>
  reasons.map((reason) => ({ ...reason, address }));

/** To the minute: `2026-05-01 10:00 UTC`. */
export const moment = (instant: Instant): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** `45 s`, `12 min`, `30 h`, `12 days`: whole, never more than there is. */
export const span = (seconds: number): string => {
  const [size, unit] = (
    [
      [172_800, 'days'],
      [7200, 'h'],
      [120, 'min'],
    ] as const
  ).find(([least]) => seconds >= least) ?? [0, 's'];
  const divisor = { days: 86_400, h: 3600, min: 60, s: 1 }[unit];
  return `${Math.floor(Math.max(seconds, size) / divisor)} ${unit}`;
};

export const spanBetween = (from: Instant, to: Instant): string => span(secondsBetween(from, to));

/** How people find it: its name, and the end of its fingerprint in front. */
export const shortly = ({ names, subject, fingerprint }: Certificate): string =>
  `${cut(names[0] ?? subject, 80)} (${fingerprint.slice(0, 12)})`;

/** What strangers wrote, cut short and on one line, so that it can be shown. */
export const cut = (text: string, length: number): string => {
  const line = [...text].map((character) => (character < ' ' || character === '\x7f' ? ' ' : character)).join('');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
};

export type Judged = { health: Health; reasons: Reason[] };
