import type { Instant } from '../../contracts/instant.ts';
import type { Failed } from '../../contracts/rollback.ts';

/** Failures that speak against the version itself. A dead watcher or a throttled API does not. */
const speakAgainstVersion: readonly string[] = [
  'ReleaseUnhealthy',
  'SmokeTestFailed',
  'RolloutFailed',
  'RolledBackByPerson',
];

export type Cause = { reason: string; foundBad: boolean; firstBadAt: Instant | null };

/**
 * Reads what Step Functions hands on: Lambda's `{ errorMessage }`, our watch's `{ reason, firstBadAt }`, a nested
 * execution's description whose own cause is inside, or plain text.
 */
export const readCause = ({ error, cause }: Failed): Cause => {
  const parsed = parseObject(cause);
  if (typeof parsed?.Error === 'string') return readCause({ error: parsed.Error, cause: String(parsed.Cause ?? '') });
  const text = parsed?.reason ?? parsed?.errorMessage ?? cause;
  return {
    reason: text ? `${error}: ${String(text)}` : error,
    foundBad: speakAgainstVersion.includes(error),
    firstBadAt: typeof parsed?.firstBadAt === 'string' ? parsed.firstBadAt : null,
  };
};

const parseObject = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // Plain text is an allowed cause.
  }
};
