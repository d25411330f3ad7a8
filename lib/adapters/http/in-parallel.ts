/** Runs `work` `times` times, never more than `atOnce` at the same time. Results are in the order of their start. */
export const inParallel = async <T>(atOnce: number, times: number, work: () => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started < times) {
      const index = started;
      started += 1;
      results[index] = await work();
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, times) }, worker));
  return results;
};
