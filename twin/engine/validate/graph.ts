import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Report } from './problem.ts';

interface Target {
  readonly name: string;
  readonly location: string;
}

/** Where a state can go, and which field says so. */
function targetsOf(state: JsonObject, location: string): Target[] {
  const named = (source: Json | undefined, at: string): Target[] =>
    typeof source === 'string' ? [{ name: source, location: at }] : [];
  const each = (field: string) =>
    (Array.isArray(state[field]) ? state[field] : []).flatMap((entry, index) =>
      isObject(entry) ? named(entry.Next, `${location}/${field}[${index}]/Next`) : [],
    );
  return [
    ...named(state.Next, `${location}/Next`),
    ...named(state.Default, `${location}/Default`),
    ...each('Choices'),
    ...each('Catch'),
  ];
}

/** Each transition leads to a state of the same block. */
export function checkTargets(block: JsonObject, location: string, report: Report): void {
  const states = block.States as JsonObject;
  const missing = ({ name, location: at }: Target) =>
    report({ code: 'MISSING_TRANSITION_TARGET', message: `Missing 'Next' target: ${name}`, location: at });
  const dangling = ({ name }: Target) => !isObject(states[name]);
  const start = { name: String(block.StartAt), location: `${location}/StartAt` };
  if (typeof block.StartAt === 'string' && dangling(start)) missing(start);
  for (const [name, state] of Object.entries(states)) {
    if (isObject(state)) targetsOf(state, `${location}/States/${name}`).filter(dangling).forEach(missing);
  }
}

/** Each state of the block can be reached from its first. */
export function checkReachable(block: JsonObject, location: string, report: Report): void {
  for (const name of unreachable(block.States as JsonObject, String(block.StartAt))) {
    const message = `State "${name}" is not reachable.`;
    report({ code: 'MISSING_TRANSITION_TARGET', message, location: `${location}/States/${name}` });
  }
}

function unreachable(states: JsonObject, start: string): string[] {
  const reached = new Set<string>();
  const visit = (name: string) => {
    const state = states[name];
    if (reached.has(name) || !isObject(state)) return;
    reached.add(name);
    for (const target of targetsOf(state, '')) visit(target.name);
  };
  visit(start);
  return Object.keys(states).filter((name) => !reached.has(name));
}

/** A machine that can never end is refused; AWS looks at its outermost states only. */
export function checkEnd(states: JsonObject, report: Report): boolean {
  const ends = (state: Json) =>
    isObject(state) && (state.Type === 'Succeed' || state.Type === 'Fail' || state.End === true);
  if (Object.values(states).some(ends)) return true;
  report({ code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' });
  return false;
}
