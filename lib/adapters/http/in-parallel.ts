/** Runs `work` `times` times, never more than `atOnce` at the same time. Results are in the order of their start. */
export const inParallel = async <T>(
  atOnce: number,
  times: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> => {
  const results: T[] = [];
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started < times) {
      const index = started;
      started += 1;
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, times) }, worker));
  return results;
};

/** The same once for each item. */
export const overAll = <I, T>(atOnce: number, items: readonly I[], work: (item: I) => Promise<T>): Promise<T[]> =>
  inParallel(atOnce, items.length, (index) => work(items[index] as I));
