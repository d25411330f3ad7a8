import { InvalidArgumentError } from 'commander';

const most = 200;

const readLimit = (typed: string): number => {
  const limit = Number(typed);
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  throw new InvalidArgumentError(`Allowed are whole numbers from 1 to ${most}.`);
};

export const limitOption = ['--limit <count>', 'how many', readLimit, 20] as const;
export type LimitOptions = { limit: number };
