import type { Json } from '../json.ts';

/**
 * What JSONata answers, as plain JSON. JSONata's arrays carry hidden marks that change later evaluations, so arrays
 * are copied. Numbers without a JSON form become text, as on AWS ("Infinity", "NaN").
 */
export function plain(value: unknown): Json | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return plainArray(value);
  return typeof value === 'object' && !isFunctionLike(value) ? plainObject(value) : undefined;
}

/** A function is a plain object to JavaScript, marked by JSONata. */
const isFunctionLike = (value: object) => '_jsonata_function' in value || '_jsonata_lambda' in value;

function plainArray(values: unknown[]): Json[] {
  const copy: Json[] = [];
  for (const value of values) {
    const item = plain(value);
    if (item !== undefined) copy.push(item);
  }
  return copy;
}

function plainObject(value: object): Json {
  const copy: { [key: string]: Json } = {};
  for (const [key, inner] of Object.entries(value)) {
    const item = plain(inner);
    if (item !== undefined) copy[key] = item;
  }
  return copy;
}
