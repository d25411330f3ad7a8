import { setTimeout } from 'node:timers/promises';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Writers of one item rarely meet; after so many losses in a row the machine's retry takes over. */
const maxAttempts = 5;
const maxPauseMs = 50;

/** Undefined where the call was refused for a reason that was foreseen. */
export const unless = async <T>(
  foreseen: (error: unknown) => boolean,
  call: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await call();
  } catch (error) {
    if (foreseen(error)) return undefined;
    throw error;
  }
};

/** A write that met another one was not judged by its conditions: it is tried again, and then finds what the other left. */
export const againstOthers = async <T>(call: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === maxAttempts || !metAnother(error)) throw error;
    }
    await setTimeout(Math.random() * maxPauseMs);
  }
};

const reasonsOf = (error: unknown): string[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None').filter((code) => code !== 'None')
    : [];

const metAnother = (error: unknown): boolean => {
  if ((error as Error).name === 'TransactionConflictException') return true;
  const reasons = reasonsOf(error);
  return reasons.length > 0 && reasons.every((code) => code === 'TransactionConflict');
};

export const refusedByCondition = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException || reasonsOf(error).includes('ConditionalCheckFailed');
