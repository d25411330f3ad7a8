import { createHash } from 'node:crypto';

/** JSON with sorted keys, so that equal values have equal text. `undefined` members are left out, as in JSON. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    .join(',')}}`;
};

/** SHA-256, in hexadecimal, of the canonical text. */
export const canonicalHash = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex');
