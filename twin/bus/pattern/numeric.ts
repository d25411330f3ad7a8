import { Refused } from './refused.ts';
import type { Test } from './tests.ts';

type Comparison = { operator: string; limit: number };

const compare: Record<string, (value: number, limit: number) => boolean> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** The range that EventBridge can compare. */
const widest = 5_000_000_000;

/** `["=", 5]`, `[">", 0]` or a range `[">", 0, "<=", 5]`. Texts of digits are not numbers. */
export const numeric = (operand: unknown): Test => {
  const comparisons = comparisonsOf(operand);
  return (value) =>
    typeof value === 'number' && comparisons.every(({ operator, limit }) => compare[operator]?.(value, limit));
};

const comparisonsOf = (operand: unknown): Comparison[] => {
  if (!Array.isArray(operand) || ![2, 4].includes(operand.length)) {
    throw new Refused('Value of numeric must be an array of one or two comparisons, such as [">", 0, "<=", 5]');
  }
  const comparisons = operand.length === 2 ? [comparison(operand)] : range(operand);
  return comparisons;
};

const comparison = ([operator, limit]: unknown[]): Comparison => {
  if (typeof operator !== 'string' || !Object.hasOwn(compare, operator)) {
    throw new Refused(`Unrecognized numeric range operator: ${JSON.stringify(operator)}`);
  }
  if (typeof limit !== 'number') throw new Refused('Value of numeric comparison must be numeric');
  if (Math.abs(limit) > widest) throw new Refused(`Value must be between -${widest} and ${widest}, inclusive`);
  return { operator, limit };
};

const range = (operand: unknown[]): Comparison[] => {
  const lower = comparison(operand.slice(0, 2));
  const upper = comparison(operand.slice(2));
  if (!lower.operator.startsWith('>') || !upper.operator.startsWith('<')) {
    throw new Refused('A numeric range starts with > or >= and ends with < or <=');
  }
  if (lower.limit >= upper.limit) throw new Refused('Bottom must be less than top');
  return [lower, upper];
};
