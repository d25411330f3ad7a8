import { createHash } from 'node:crypto';
import type { Expression } from 'jsonata';
import { javaRandom } from './java-random.ts';
import type { Scope } from './scope.ts';

/**
 * The functions that Step Functions adds to JSONata.
 * Source: "JSONata functions provided by Step Functions" in the developer guide; arguments that answer nothing
 * (undefined) do so on AWS too.
 */
const RANGE_LIMIT = 360_145;
const DIGESTS: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** Thrown the way JSONata throws: an object with a code and a message. */
const refuse = (code: string, message: string) => Object.assign(new Error(message), { code });

function partition(items: unknown[] | undefined, size?: number): unknown[] | undefined {
  if (!items || items.length === 0) return undefined;
  const chunk = Math.trunc(size ?? items.length);
  if (chunk < 0) throw refuse('D3137', 'Second argument must be zero or greater');
  if (chunk === 0) return undefined;
  const chunks: unknown[][] = [];
  for (let at = 0; at < items.length; at += chunk) chunks.push(items.slice(at, at + chunk));
  return chunks;
}

function range(first: number, last: number, delta?: number): number[] | number | undefined {
  const [start, end, step] = [Math.trunc(first), Math.trunc(last), Math.trunc(delta ?? 0)];
  if (step === 0 || (end - start) * step < 0) return undefined;
  const count = Math.floor((end - start) / step) + 1;
  if (count > RANGE_LIMIT)
    throw refuse('', 'Expression evaluation memory limit exceeded: Check for excessive memory usage');
  return count === 1 ? start : Array.from({ length: count }, (_, index) => start + index * step);
}

function hash(text?: string, algorithm?: string): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  const digest = DIGESTS[algorithm];
  if (!digest) throw refuse('D3137', `Hash algorithm ${algorithm} is not supported`);
  return createHash(digest).update(text).digest('hex');
}

function parse(text?: string): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('D3137', 'The argument of $parse is not valid JSON');
  }
}

/** Functions of their arguments alone: they are part of the compiled expression. */
export function registerPureFunctions(expression: Expression): void {
  expression.registerFunction('partition', partition, '<an?:a>');
  expression.registerFunction('range', range, '<nnn?:a<n>>');
  expression.registerFunction('hash', hash, '<s?s?:s>');
  expression.registerFunction('parse', parse, '<s?:x>');
}

const hexadecimal = (random: () => number, digits: number) =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');

function uuid(random: () => number): string {
  const variant = '89ab'[Math.floor(random() * 4)];
  return [8, 4, 0, 0, 12]
    .map((digits, part) => (part === 2 ? '4' : part === 3 ? variant : '') + hexadecimal(random, digits || 3))
    .join('-');
}

/**
 * Time and chance come from the execution, never from the host, so that a resumed execution evaluates to the same
 * values. `$eval` is bound to nothing because AWS disables it.
 */
export function impureFunctions(scope: Scope, format: (picture: string, timezone?: string) => Promise<unknown>) {
  return {
    eval: undefined,
    millis: () => scope.nowMs,
    now: (picture?: string, timezone?: string) =>
      picture === undefined ? new Date(scope.nowMs).toISOString() : format(picture, timezone),
    random: (seed?: number) => (seed === undefined ? scope.random() : javaRandom(seed)),
    uuid: () => uuid(() => scope.random()),
  };
}
