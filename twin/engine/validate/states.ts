import { isObject, type Json, type JsonObject } from '../json.ts';
import { checkShape, type Shape } from './fields.ts';
import { checkReachable, checkTargets } from './graph.ts';
import { type Report, schema } from './problem.ts';
import { BRANCH, JSONPATH_FIELDS, PROCESSOR, STATES } from './shapes.ts';

/** `machineLanguage`: what a state speaks that does not say, wherever it stands. */
export interface Context {
  readonly machineLanguage: Json;
  /** Names seen so far: they are unique in the whole machine, not only in a block. */
  readonly names: Set<string>;
  readonly report: Report;
}

const NAME_LIMIT = 80;

export function checkStates(states: JsonObject, location: string, context: Context): void {
  for (const [name, state] of Object.entries(states)) {
    const at = `${location}/${name}`;
    if (name.length > NAME_LIMIT) context.report(schema(`State name exceeds ${NAME_LIMIT} characters`, at));
    if (context.names.has(name)) {
      context.report({ code: 'DUPLICATE_STATE_NAME', message: `Duplicate State name: ${name}`, location: at });
    }
    context.names.add(name);
    if (isObject(state)) checkState(state, at, context);
    else context.report(schema('Expected value of type [OBJECT]', at));
  }
}

function checkState(state: JsonObject, location: string, context: Context): void {
  const kind = typeof state.Type === 'string' ? STATES[state.Type] : undefined;
  if (!kind) {
    const types = Object.keys(STATES).join(', ');
    context.report(schema(`Value should be one of the following: [${types}]`, `${location}/Type`));
    return;
  }
  if (!speaksJsonata(state, location, context)) return;
  checkShape(withoutJsonPath(state, location, context.report), location, context.report, kind.shape, kind.required);
  checkTransition(state, location, context.report);
  checkAlternatives(state, location, context.report);
  checkInner(state, location, context);
}

/** Fields that mean the same in both languages, as long as no text in them looks like an expression. */
const NEUTRAL = ['Type', 'Comment', 'QueryLanguage', 'Next', 'End', 'Seconds', 'Timestamp', 'Error', 'Cause'];

const isNeutral = (state: JsonObject): boolean =>
  Object.entries(state).every(
    ([name, value]) => NEUTRAL.includes(name) && !(typeof value === 'string' && value.startsWith('{%')),
  );

/** Only states in JSONata are run; AWS itself refuses JSONPath states in a JSONata machine. */
function speaksJsonata(state: JsonObject, location: string, { machineLanguage, report }: Context): boolean {
  const language = state.QueryLanguage ?? machineLanguage;
  if (language !== 'JSONPath' || (machineLanguage === 'JSONPath' && isNeutral(state))) return true;
  const message =
    machineLanguage === 'JSONata'
      ? "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
      : 'The QueryLanguage is \'JSONPath\', which this engine does not run: set "QueryLanguage": "JSONata"';
  report(schema(message, location));
  return false;
}

/** Fields of the other language are reported as such, and then not once more as unknown. */
function withoutJsonPath(state: JsonObject, location: string, report: Report): JsonObject {
  const rest = { ...state };
  for (const field of JSONPATH_FIELDS.filter((name) => Object.hasOwn(state, name))) {
    delete rest[field];
    const message = `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`;
    report(schema(message, location));
  }
  return rest;
}

const ENDINGS = new Set(['Succeed', 'Fail', 'Choice']);

/** One way out: Next or End, never both. */
function checkTransition({ Type, Next, End }: JsonObject, location: string, report: Report): void {
  if (ENDINGS.has(String(Type))) return;
  if (Next === undefined && End === undefined) report(schema('One of these fields is required: [Next, End]', location));
  if (Next !== undefined && End !== undefined)
    report(schema('Only one of these fields is allowed: [Next, End]', location));
}

/** A Wait waits for one thing; a heartbeat is due before the timeout. */
function checkAlternatives(state: JsonObject, location: string, report: Report): void {
  const { Type, Seconds, Timestamp, HeartbeatSeconds, TimeoutSeconds } = state;
  if (Type === 'Wait' && (Seconds === undefined) === (Timestamp === undefined)) {
    report(schema('Exactly one of these fields is required: [Seconds, Timestamp]', location));
  }
  if (
    typeof HeartbeatSeconds === 'number' &&
    typeof TimeoutSeconds === 'number' &&
    HeartbeatSeconds >= TimeoutSeconds
  ) {
    report(schema("'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", `${location}/HeartbeatSeconds`));
  }
}

function checkInner({ Type, Branches, ItemProcessor }: JsonObject, location: string, context: Context): void {
  if (Type === 'Map' && ItemProcessor !== undefined)
    checkBlock(ItemProcessor, `${location}/ItemProcessor`, PROCESSOR, context);
  if (Type !== 'Parallel' || !Array.isArray(Branches)) return;
  for (const [index, branch] of Branches.entries())
    checkBlock(branch, `${location}/Branches[${index}]`, BRANCH, context);
}

export function checkBlock(block: Json, location: string, shape: Shape, context: Context): void {
  const { report } = context;
  if (!isObject(block)) {
    report(schema('Expected value of type [OBJECT]', location));
    return;
  }
  checkShape(block, location, report, shape, ['StartAt', 'States']);
  if (!isObject(block.States)) {
    if (block.States !== undefined) report(schema('Expected value of type [OBJECT]', `${location}/States`));
    return;
  }
  if (Object.keys(block.States).length === 0) report(schema('Value should not be empty', `${location}/States`));
  checkStates(block.States, `${location}/States`, context);
  checkTargets(block, location, report);
  checkReachable(block, location, report);
}
