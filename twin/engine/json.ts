/** A JSON value. The engine never changes one after it was made: states, history and tasks share references. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** AWS counts payloads in bytes of UTF-8 and allows 256 KiB. */
export const PAYLOAD_LIMIT_BYTES = 262_144;

/** Whether the value is too large to be an input, a result or an output. */
export function exceedsPayloadLimit(value: Json): boolean {
  if (upperBoundBytes(value, 0) <= PAYLOAD_LIMIT_BYTES) return false;
  return Buffer.byteLength(JSON.stringify(value)) > PAYLOAD_LIMIT_BYTES;
}

/** A cheap bound, so that small values (nearly all) are never serialised just to be measured. Stops once over. */
function upperBoundBytes(value: Json, sum: number): number {
  if (typeof value === 'string') return sum + value.length * 6 + 2;
  if (typeof value !== 'object' || value === null) return sum + 25;
  let total = sum + 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      total = upperBoundBytes(item, total + 1);
      if (total > PAYLOAD_LIMIT_BYTES) return total;
    }
    return total;
  }
  for (const key in value) {
    total = upperBoundBytes(value[key] as Json, total + key.length * 6 + 4);
    if (total > PAYLOAD_LIMIT_BYTES) return total;
  }
  return total;
}
