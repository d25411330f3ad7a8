import type { Batch } from '../../contracts/certificate-check.ts';

export const batchesOf = (count: number, batchSize: number): Batch[] => {
  const of = Math.ceil(count / batchSize);
  return Array.from({ length: of }, (_, part) => ({ part, of }));
};

/** Those of the batch, by their place in a list that everybody sorts in the same way. */
export const ofBatch = <T>(all: readonly T[], { part, of }: Batch): T[] =>
  all.filter((_, index) => index % of === part);
