import { isNode, LineCounter, parseDocument } from 'yaml';

/** Something wrong in a document, at a path of keys and indexes. `offset`: where in the text, if the text itself is broken. */
export type Problem = { path: readonly (string | number)[]; message: string; offset?: number };

export type ReadYaml = { value: unknown; problems: Problem[]; placeOf(problem: Problem): string };

/** YAML that remembers where each value stands. Duplicate keys and syntax errors are problems, not exceptions. */
export const readYaml = (text: string): ReadYaml => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map(({ message, pos }) => ({ path: [], message, offset: pos[0] }));
  const placeOf = ({ path, offset }: Problem): string => {
    const { line, col } = lines.linePos(offset ?? nearest(path));
    return `${line}:${col}`;
  };
  /** The value itself or, where it is missing, the closest thing around it. */
  const nearest = (path: Problem['path']): number => {
    const node = document.getIn(path, true);
    if (isNode(node) && node.range) return node.range[0];
    return path.length === 0 ? 0 : nearest(path.slice(0, -1));
  };
  return { value: problems.length > 0 ? undefined : document.toJS(), problems, placeOf };
};
