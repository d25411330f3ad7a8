import type { Get } from './source.ts';

/** Far above any answer of a log that means well. */
const mostBytes = 32 * 1024 * 1024;
const answersWithinMs = 10_000;

/** `deadlineMs`: after this moment nothing is waited for. Errors say what went wrong in words for people. */
export const getFrom =
  (url: string, deadlineMs: number, now: () => number): Get =>
  async (path) => {
    const signal = AbortSignal.timeout(Math.max(1, Math.min(answersWithinMs, deadlineMs - now())));
    const response = await fetch(new URL(path, url), { signal, redirect: 'error' });
    if (response.ok) return bodyOf(path, response);
    await response.body?.cancel();
    if (response.status === 404) return undefined;
    throw new Error(`${path} answered ${response.status}`);
  };

const bodyOf = async (path: string, { body }: Response): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error(`${path} answered more than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
};
