import type * as v from 'valibot';

const show = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};

/** One line per problem: which field, what is wrong, what came. Inputs are cut short, so a line is safe to log. */
export const problemsOf = (issues: readonly v.BaseIssue<unknown>[]): string[] =>
  issues.map((issue) => {
    const field = issue.path?.map((part) => String(part.key)).join('.') ?? 'input';
    return `${field}: ${issue.message}, got ${show(issue.input)}`;
  });
