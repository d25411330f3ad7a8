import type * as v from 'valibot';
import { readRecord, writeDurably } from './durable-file.ts';

/** A value in memory that is on disk before anyone sees it, so a crash can never take back what was answered. */
export interface DurableValue<T> {
  readonly current: T;
  /** Changes run one after the other; one that throws changes nothing. The same value again writes nothing. */
  change(to: (current: T) => T): Promise<void>;
}

export const openDurable = async <T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  initial: T,
): Promise<DurableValue<T>> => {
  let current = (await readRecord(path, schema)) ?? initial;
  let last: Promise<void> = Promise.resolve();
  const apply = async (to: (current: T) => T) => {
    const next = to(current);
    if (next === current) return;
    await writeDurably(path, next);
    current = next;
  };
  return {
    get current() {
      return current;
    },
    change(to) {
      const mine = last.then(() => apply(to));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
};
