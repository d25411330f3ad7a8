import { isMap, isNode, LineCounter, type Node, parseDocument } from 'yaml';

/** Something wrong in a document, at a path of keys and indexes. `offset`: where in the text, if the text itself is broken. */
export type Problem = { path: readonly (string | number)[]; message: string; offset?: number };

/** Counted from 1, as editors do. */
export type Place = { line: number; col: number };

export type ReadYaml = { value: unknown; problems: Problem[]; placeOf(problem: Problem): Place };

/** YAML that remembers where each value stands. Duplicate keys and syntax errors are problems, not exceptions. */
export const readYaml = (text: string): ReadYaml => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map(({ message, pos }) => ({ path: [], message, offset: pos[0] }));
  const placeOf = ({ path, offset }: Problem): Place => lines.linePos(offset ?? offsetOf(document.contents, path) ?? 0);
  return { value: problems.length > 0 ? undefined : document.toJS(), problems, placeOf };
};

/** Where the last key of the path stands that is there; a value that is missing is looked for where it should be. */
const offsetOf = (node: Node | null, path: Problem['path']): number | undefined => {
  const [first, ...rest] = path;
  if (first === undefined || node === null) return startOf(node);
  if (!isMap(node)) return offsetOf(childOf(node, first), rest) ?? startOf(node);
  const pair = node.items.find(({ key }) => isNode(key) && key.toJSON() === first);
  if (!pair) return startOf(node);
  const value = isNode(pair.value) ? pair.value : null;
  return rest.length > 0 ? (offsetOf(value, rest) ?? startOf(pair.key as Node)) : startOf(pair.key as Node);
};

const childOf = (node: Node, index: string | number): Node | null => {
  const items: unknown = 'items' in node ? node.items : undefined;
  const child: unknown = Array.isArray(items) ? items[Number(index)] : undefined;
  return isNode(child) ? child : null;
};

const startOf = (node: Node | null): number | undefined => node?.range?.[0];
