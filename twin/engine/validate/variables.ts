import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Report } from './problem.ts';

interface Assigned {
  readonly name: string;
  readonly location: string;
}

/**
 * A name that an outer scope assigns must not be assigned in an inner one. The states of a block share a scope, and
 * the scope of a Map or Parallel state is the outer one of its branches.
 */
export function checkVariables(
  block: Json | undefined,
  location: string,
  report: Report,
  outer: ReadonlySet<string> = new Set(),
): void {
  if (!isObject(block) || !isObject(block.States)) return;
  const states = Object.entries(block.States).flatMap(([name, state]) =>
    isObject(state) ? [{ state, at: `${location}/States/${name}` }] : [],
  );
  const assigned = states.flatMap(({ state, at }) => assignedBy(state, at));
  for (const { name, location: at } of assigned) {
    const message = `The variable name '${name}' was already defined in a parent scope.`;
    if (outer.has(name)) report({ code: 'DUPLICATE_VARIABLE_NAME', message, location: at });
  }
  const visible = new Set([...outer, ...assigned.map(({ name }) => name)]);
  for (const { state, at } of states) checkInner(state, at, report, visible);
}

function checkInner(
  { Branches, ItemProcessor }: JsonObject,
  location: string,
  report: Report,
  visible: ReadonlySet<string>,
): void {
  for (const [index, branch] of (Array.isArray(Branches) ? Branches : []).entries()) {
    checkVariables(branch, `${location}/Branches[${index}]`, report, visible);
  }
  checkVariables(
    ItemProcessor,
    `${location}/ItemProcessor`,
    report,
    isDistributed(ItemProcessor) ? new Set() : visible,
  );
}

/** An item of a distributed Map is an execution of its own. */
const isDistributed = (processor: Json | undefined): boolean =>
  isObject(processor) && isObject(processor.ProcessorConfig) && processor.ProcessorConfig.Mode === 'DISTRIBUTED';

function assignedBy(state: JsonObject, location: string): Assigned[] {
  const rules = ['Choices', 'Catch'].flatMap((field) =>
    (Array.isArray(state[field]) ? state[field] : []).flatMap((rule, index) =>
      names(rule, `${location}/${field}[${index}]`),
    ),
  );
  return [...names(state, location), ...rules];
}

function names(holder: Json, location: string): Assigned[] {
  if (!isObject(holder) || !isObject(holder.Assign)) return [];
  return Object.keys(holder.Assign).map((name) => ({ name, location: `${location}/Assign/${name}` }));
}
