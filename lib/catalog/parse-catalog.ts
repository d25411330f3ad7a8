import * as v from 'valibot';
import { Catalog } from '../contracts/catalog.ts';
import { CatalogInvalid } from '../contracts/failures.ts';
import { problemsOf } from '../runtime/problems.ts';
import { type Problem, readYaml } from './read-yaml.ts';
import { ruleProblems } from './rules.ts';

/**
 * The catalog as text, checked whole. Errors: one `CatalogInvalid` with every problem in order of lines, each as
 * `file:line:column: field: what is allowed, got what came`. Broken YAML hides the rest, because nothing else can be read.
 */
export const parseCatalog = (yamlText: string, fileName: string): Catalog => {
  const yaml = readYaml(yamlText);
  if (yaml.problems.length > 0) throw invalid(fileName, yaml.problems, yaml.placeOf);
  const parsed = v.safeParse(Catalog, yaml.value);
  const problems = [...(parsed.issues ?? []).map(shapeProblem), ...ruleProblems(yaml.value)];
  if (parsed.success && problems.length === 0) return parsed.output;
  throw invalid(fileName, problems, yaml.placeOf);
};

type Place = ReturnType<typeof readYaml>['placeOf'];

const invalid = (fileName: string, problems: readonly Problem[], placeOf: Place): CatalogInvalid => {
  const placed = problems.map((problem) => ({ problem, ...placeOf(problem) }));
  const lines = placed
    .sort((a, b) => a.line - b.line || a.col - b.col)
    .map(
      ({ problem, line, col }) =>
        `${fileName}:${line}:${col}: ${problem.path.join('.') || 'catalog'}: ${problem.message}`,
    );
  return new CatalogInvalid(lines.join('\n'), { problems: lines });
};

const shapeProblem = (issue: v.BaseIssue<unknown>): Problem => {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  if (issue.type === 'strict_object' && issue.path)
    return { path, message: issue.expected === 'never' ? 'unknown setting' : 'required, got nothing' };
  return { path, message: sentence(issue) };
};

/** The same words as for every other input, without the field, which the line already names. */
const sentence = (issue: v.BaseIssue<unknown>): string => {
  const [line = ''] = problemsOf([issue]);
  return line.slice(line.indexOf(': ') + 2);
};
