import { invalidDefinition } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';

/** The definition as an object, if AWS would accept it; else InvalidDefinition with all problems. */
export function checkedDefinition(definition: unknown): JsonObject {
  const value = typeof definition === 'string' ? JSON.parse(definition) : definition;
  if (!isObject(value)) throw invalidDefinition(['INVALID_JSON_DESCRIPTION: not an object']);
  return value;
}
