import { invalidDefinition } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { checkShape } from './fields.ts';
import { checkEnd, checkReachable, checkTargets } from './graph.ts';
import { inWords, type Problem, schema } from './problem.ts';
import { MACHINE } from './shapes.ts';
import { checkStates } from './states.ts';
import { checkVariables } from './variables.ts';

export type { Problem } from './problem.ts';

/** AWS's quota for a definition. */
const MAX_DEFINITION_BYTES = 1_048_576;

/** Every reason why AWS (or this engine) refuses the definition: JSON text or the object. */
export function problemsOf(definition: unknown): Problem[] {
  const machine = parse(definition);
  if (machine instanceof Error || !isObject(machine)) {
    return [{ code: 'INVALID_JSON_DESCRIPTION', message: notAnObject(machine) }];
  }
  const problems: Problem[] = [];
  const report = (problem: Problem) => {
    problems.push(problem);
  };
  checkMachine(machine, report);
  return problems;
}

/** The definition as an object; refused with InvalidDefinition, naming all problems, if there is any. */
export function checkedDefinition(definition: unknown): JsonObject {
  const problems = problemsOf(definition);
  if (problems.length > 0) throw invalidDefinition(problems.map(inWords));
  return parse(definition) as JsonObject;
}

/** Text that is no JSON stands for the error it gives. */
function parse(definition: unknown): Json | Error {
  try {
    return JSON.parse(typeof definition === 'string' ? definition : JSON.stringify(definition)) as Json;
  } catch (reason) {
    return reason as Error;
  }
}

const notAnObject = (machine: Json | Error) =>
  machine instanceof Error ? machine.message : 'The state machine definition must be a JSON object';

function checkMachine(machine: JsonObject, report: (problem: Problem) => void): void {
  if (Buffer.byteLength(JSON.stringify(machine)) > MAX_DEFINITION_BYTES) {
    report(schema(`The definition exceeds ${MAX_DEFINITION_BYTES} bytes`));
  }
  checkShape(machine, '', report, MACHINE, ['StartAt', 'States']);
  const { States: states, QueryLanguage: machineLanguage = 'JSONPath' } = machine;
  if (!isObject(states)) return;
  if (Object.keys(states).length === 0) {
    report(schema('Value should not be empty', '/States'));
    return;
  }
  checkStates(states, '/States', { machineLanguage, report, names: new Set() });
  checkVariables(machine, '', report);
  checkTargets(machine, '', report);
  // Where nothing can end, AWS does not say in addition what cannot be reached.
  if (checkEnd(states, report)) checkReachable(machine, '', report);
}
