/** The answers in the order of the items, with so many of them under way at most. The first error ends it. */
export const mapInParallel = async <T, R>(
  items: readonly T[],
  atOnce: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> => {
  const answers: R[] = [];
  const waiting = items.entries();
  const work = async () => {
    for (const [index, item] of waiting) answers[index] = await map(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
};
