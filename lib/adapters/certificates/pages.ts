import { calling } from '../aws/failures.ts';

export type Page<T> = { items: readonly T[] | undefined; next: string | undefined };

/** All items of an answer that comes in pages. `ask` gets what the page before said is next. */
export const allPages = async <T>(
  dependency: string,
  ask: (next: string | undefined) => Promise<Page<T>>,
): Promise<T[]> => {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const from = next;
    const page = await calling(dependency, () => ask(from));
    items.push(...(page.items ?? []));
    next = page.next;
  } while (next);
  return items;
};
