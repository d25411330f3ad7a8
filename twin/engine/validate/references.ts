import type { ExprNode } from 'jsonata';

/**
 * What an expression reads that is not there. Expressions have no context item, so a path must start from a variable;
 * a name is legal only in a later step, a predicate, a sort term or a grouping, which run against what came before.
 */
export interface References {
  /** Names read at the top level; `$` is the context item itself. */
  readonly topLevel: Set<string>;
  /** Fields read of `$states`. */
  readonly states: Set<string>;
  root: boolean;
}

type Node = ExprNode & { readonly [key: string]: unknown };

export function referencesOf(ast: ExprNode): References {
  const found: References = { topLevel: new Set(), states: new Set(), root: false };
  visit(ast as unknown as Node, found);
  return found;
}

/** Parts of a node that run in its own context. Predicates, stages, groups and sort terms do not. */
const PARTS = [
  'lhs',
  'rhs',
  'expression',
  'expressions',
  'arguments',
  'procedure',
  'condition',
  'then',
  'else',
  'body',
  'pattern',
  'update',
  'delete',
];

function visit(node: unknown, found: References): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, value, steps } = node as { type: string; value: unknown; steps?: Node[] };
  if (type === 'path' && steps) {
    visitPath(steps, found);
    return;
  }
  if (type === 'name') found.topLevel.add(String(value));
  if (type === 'wildcard' || type === 'descendant') found.topLevel.add(String(value));
  if (type === 'variable') visitVariable(String(value), found);
  // A transform (`|…|…|`) runs against its own operand.
  if (type === 'transform') return;
  for (const part of PARTS) visit((node as Node)[part], found);
}

function visitPath([first, second]: Node[], found: References): void {
  if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name')
    found.states.add(String(second.value));
  visit(first, found);
}

function visitVariable(name: string, found: References): void {
  if (name === '') found.topLevel.add('$');
  if (name === '$') found.root = true;
}
