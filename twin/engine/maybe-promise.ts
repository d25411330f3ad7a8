/**
 * Most expressions are evaluated without waiting; JSONata itself is asynchronous.
 * A step that needs no promise must not pay for one, so results are "a value, or a promise of it".
 */
export type MaybePromise<T> = T | Promise<T>;

export const chain = <T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> =>
  value instanceof Promise ? value.then(next) : next(value);

/** `fold` in order, one item after the other, so that the first error in order is the one reported. */
export function eachInOrder<T>(
  items: readonly T[],
  run: (item: T, index: number) => MaybePromise<void>,
  from = 0,
): MaybePromise<void> {
  for (let index = from; index < items.length; index += 1) {
    const pending = run(items[index] as T, index);
    if (pending instanceof Promise) return pending.then(() => eachInOrder(items, run, index + 1));
  }
}
