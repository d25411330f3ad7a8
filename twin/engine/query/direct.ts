import type { ExprNode } from 'jsonata';
import type { Json, JsonObject } from '../json.ts';
import { ask, OPERATORS, truth } from './operators.ts';
import type { Scope } from './scope.ts';

/**
 * A direct evaluator for the expressions machines are mostly made of: literals, paths through objects, comparisons,
 * and/or, `&`, arithmetic, conditions, constructors. JSONata is asynchronous and walks its tree anew each time; this
 * compiles once and answers at once. It answers only where JSONata certainly answers the same (a property test
 * compares them); for all else it throws ASK_JSONATA, and the whole expression is evaluated by JSONata.
 */
export type Direct = (scope: Scope) => Json | undefined;
type Node = ExprNode & { [key: string]: unknown };

/** The compiled form, or nothing where the expression uses anything else of JSONata. */
export function compileDirect(node: ExprNode): Direct | undefined {
  const kind = KINDS[node.type as string];
  return kind?.(node as unknown as Node);
}

const KINDS: Record<string, (node: Node) => Direct | undefined> = {
  string: (node) => literal(node),
  number: (node) => literal(node),
  value: (node) => literal(node),
  variable: (node) => (hasOnly(node, 'type', 'value', 'position') ? variable(String(node.value)) : undefined),
  path,
  binary,
  condition,
  block,
  unary,
  function: call,
};

/** A node with any other mark (a predicate, a grouping, a context binding) means more than its type says. */
const hasOnly = (node: Node, ...known: string[]) => Object.keys(node).every((key) => known.includes(key));

function literal(node: Node): Direct | undefined {
  if (!hasOnly(node, 'type', 'value', 'position')) return undefined;
  const value = node.value as Json;
  return () => value;
}

const own = (object: Readonly<JsonObject>, key: string) => (Object.hasOwn(object, key) ? object[key] : undefined);

function variable(name: string): Direct | undefined {
  if (name === '' || name === '$' || name === 'states') return undefined;
  return ({ variables }) => (Object.hasOwn(variables, name) ? variables[name] : ask());
}

function path(node: Node): Direct | undefined {
  const steps = node.steps as Node[];
  const [first, ...rest] = steps;
  if (!first || !hasOnly(node, 'type', 'steps', 'position') || first.type !== 'variable') return undefined;
  if (!steps.every((step) => hasOnly(step, 'type', 'value', 'position'))) return undefined;
  if (rest.length === 0 || !rest.every((step) => step.type === 'name')) return undefined;
  const names = rest.map((step) => String(step.value));
  const root = first.value === 'states' ? statesPart(names.shift() as string) : variable(String(first.value));
  return root && walk(root, names);
}

/** The parts of `$states`, without building the object. */
function statesPart(part: string): Direct {
  if (part === 'input') return (scope) => scope.input;
  if (part === 'result') return (scope) => scope.result;
  if (part === 'errorOutput') return (scope) => scope.errorOutput;
  return part === 'context' ? (scope) => scope.context() : () => undefined;
}

/** Arrays on the way are mapped and flattened by JSONata; here only objects are walked through. */
function walk(root: Direct, names: readonly string[]): Direct {
  if (names.length === 0) return root;
  return (scope) => {
    let value = root(scope);
    for (const name of names) {
      if (value === undefined || value === null || typeof value !== 'object') return undefined;
      value = Array.isArray(value) ? ask() : own(value, name);
    }
    return value;
  };
}

function binary(node: Node): Direct | undefined {
  const left = compileDirect(node.lhs as unknown as ExprNode);
  const right = compileDirect(node.rhs as unknown as ExprNode);
  if (!left || !right || !hasOnly(node, 'type', 'value', 'position', 'lhs', 'rhs')) return undefined;
  if (node.value === 'and') return (scope) => truth(left(scope)) && truth(right(scope));
  if (node.value === 'or') return (scope) => truth(left(scope)) || truth(right(scope));
  const operator = OPERATORS[String(node.value)];
  return operator && ((scope) => operator(left(scope), right(scope)));
}

function condition(node: Node): Direct | undefined {
  if (!hasOnly(node, 'type', 'position', 'condition', 'then', 'else')) return undefined;
  const test = compileDirect(node.condition as unknown as ExprNode);
  const yes = compileDirect(node.then as unknown as ExprNode);
  const no = node.else === undefined ? () => undefined : compileDirect(node.else as unknown as ExprNode);
  return test && yes && no && ((scope) => (truth(test(scope)) ? yes(scope) : no(scope)));
}

function block(node: Node): Direct | undefined {
  const [only, ...more] = node.expressions as ExprNode[];
  return only && more.length === 0 && hasOnly(node, 'type', 'position', 'expressions')
    ? compileDirect(only)
    : undefined;
}

function unary(node: Node): Direct | undefined {
  if (node.value === '{' && hasOnly(node, 'type', 'value', 'position', 'lhs')) return object(node);
  return node.value === '[' && hasOnly(node, 'type', 'value', 'position', 'expressions') ? array(node) : undefined;
}

function object(node: Node): Direct | undefined {
  const pairs = node.lhs as [Node, ExprNode][];
  if (pairs.some(([key]) => key.type !== 'string' || key.value === '__proto__')) return undefined;
  const keys = pairs.map(([key]) => String(key.value));
  const values = pairs.map(([, value]) => compileDirect(value));
  if (new Set(keys).size < keys.length || !values.every((value) => value !== undefined)) return undefined;
  return (scope) => {
    const result: JsonObject = {};
    for (let index = 0; index < keys.length; index += 1) {
      const value = (values[index] as Direct)(scope);
      if (value !== undefined) result[keys[index] as string] = value;
    }
    return result;
  };
}

/** An array among the items is spread, unless it was written as an array. */
function array(node: Node): Direct | undefined {
  const items = node.expressions as Node[];
  const values = items.map((item) => compileDirect(item as unknown as ExprNode));
  if (!values.every((value) => value !== undefined)) return undefined;
  return (scope) =>
    values.flatMap((evaluate, index) => {
      const value = evaluate(scope);
      if (value === undefined) return [];
      return Array.isArray(value) && items[index]?.value !== '[' ? value : [value];
    });
}

function call(node: Node): Direct | undefined {
  const name = (node.procedure as Node).value;
  const [argument, ...more] = (node.arguments as ExprNode[]).map(compileDirect);
  if (!argument || more.length > 0 || !hasOnly(node, 'type', 'value', 'position', 'arguments', 'procedure'))
    return undefined;
  const apply = FUNCTIONS[String(name)];
  return apply && ((scope) => (Object.hasOwn(scope.variables, String(name)) ? ask() : apply(argument(scope))));
}

const FUNCTIONS: Record<string, (value: Json | undefined) => Json> = {
  exists: (value) => value !== undefined,
  not: (value) => (value === undefined ? ask() : !truth(value)),
};
