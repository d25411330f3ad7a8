import type { Json, JsonObject } from '../json.ts';

/** What an expression can see: `$states`, the variables, and the sources of time and chance. */
export interface Scope {
  readonly input: Json;
  /** Absent (not null) where the state has no result yet, or no error was caught. */
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly variables: Readonly<JsonObject>;
  readonly nowMs: number;
  /** `$states.context`; built when asked for, because few expressions ask. */
  context(): Json;
  /** A number from 0 (inclusive) to 1. */
  random(): number;
}

/** The `$states` object. A missing part is a missing key, so that reading it is "nothing", not null. */
export function statesOf(scope: Scope): JsonObject {
  const states: JsonObject = { input: scope.input, context: scope.context() };
  if (scope.result !== undefined) states.result = scope.result;
  if (scope.errorOutput !== undefined) states.errorOutput = scope.errorOutput;
  return states;
}
