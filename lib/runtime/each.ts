/**
 * Does the work for every item, also after one failed, and then throws the first failure: what is wrong with one must not keep
 * the others waiting.
 */
export const forEachOf = async <T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> => {
  const failures: unknown[] = [];
  for (const item of items) await work(item).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
};
