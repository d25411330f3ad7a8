import * as v from 'valibot';
import { Catalog } from '../contracts/catalog.ts';
import { CatalogInvalid } from '../contracts/failures.ts';
import { type Problem, readYaml } from './read-yaml.ts';
import { problemsIn } from './rules.ts';

/**
 * The catalog as text, checked whole. Errors: one `CatalogInvalid` with every problem, each as
 * `file:line:column: field: what is wrong, got what`.
 */
export const parseCatalog = (text: string, fileName: string): Catalog => {
  const yaml = readYaml(text);
  const parsed = v.safeParse(Catalog, yaml.value);
  const problems = [
    ...yaml.problems,
    ...(yaml.problems.length > 0 ? [] : shapeProblems(parsed)),
    ...(parsed.success ? problemsIn(parsed.output) : []),
  ];
  if (parsed.success && problems.length === 0) return parsed.output;
  const lines = problems.map(
    (problem) => `${fileName}:${yaml.placeOf(problem)}: ${problem.path.join('.') || 'catalog'}: ${problem.message}`,
  );
  throw new CatalogInvalid(lines.join('\n'), { problems: lines });
};

const shapeProblems = (parsed: v.SafeParseResult<typeof Catalog>): Problem[] =>
  (parsed.issues ?? []).map((issue) => ({
    path: (issue.path ?? []).map(({ key }) => key as string | number),
    message:
      issue.type === 'strict_object' && issue.expected === 'never'
        ? 'unknown setting'
        : `${issue.message}, got ${JSON.stringify(issue.input) ?? 'nothing'}`,
  }));
