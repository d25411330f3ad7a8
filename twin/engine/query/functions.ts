import { createHash } from 'node:crypto';
import jsonata, { type Expression } from 'jsonata';
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

/** JSONata words the message of its own codes; AWS's has no type to name. */
const NOT_AN_ARRAY = { code: 'T0412', index: 1, token: 'partition', type: undefined };

function partition(items: unknown, size?: number): unknown[] | undefined {
  if (items === undefined) return undefined;
  if (!Array.isArray(items)) throw Object.assign(new Error(), NOT_AN_ARRAY);
  if (items.length === 0) return undefined;
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
  if (!digest)
    throw refuse('D3137', `Hash algorithm '${algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5`);
  return createHash(digest).update(text).digest('hex');
}

function parse(text?: string): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('D3137', 'Invalid JSON');
  }
}

const hexadecimal = (random: () => number, digits: number) =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');

function uuid(random: () => number): string {
  const variant = '89ab'[Math.floor(random() * 4)];
  return [8, 4, 0, 0, 12]
    .map((digits, part) => (part === 2 ? '4' : part === 3 ? variant : '') + hexadecimal(random, digits || 3))
    .join('-');
}

/** Where the running evaluation keeps its scope: no expression can name it. */
export const SCOPE = ' scope';

/** What JSONata gives a function as `this`. */
interface Focus {
  readonly environment: { lookup(name: string): unknown };
}

const scopeIn = (focus: Focus) => focus.environment.lookup(SCOPE) as Scope;

const clockText = jsonata('$fromMillis(instantMs, picture, timezone)');

function now(this: Focus, picture?: string, timezone?: string): unknown {
  const { nowMs } = scopeIn(this);
  if (picture === undefined) return new Date(nowMs).toISOString();
  return clockText.evaluate({ instantMs: nowMs, picture, timezone });
}

/**
 * Time and chance come from the execution, never from the host, so that a resumed execution evaluates to the same
 * values. The signatures are JSONata's: a call with other arguments fails as on AWS.
 */
export function registerFunctions(expression: Expression): void {
  const register = expression.registerFunction as (name: string, run: unknown, signature: string) => void;
  register('partition', partition, '<xn?:a>');
  register('range', range, '<nnn?:a<n>>');
  register('hash', hash, '<s?s?:s>');
  register('parse', parse, '<s?:x>');
  register('now', now, '<s?s?:s>');
  register('millis', millis, '<:n>');
  register('random', random, '<n?:n>');
  register('uuid', newUuid, '<:s>');
}

function millis(this: Focus): number {
  return scopeIn(this).nowMs;
}

function random(this: Focus, seed?: number): number {
  return seed === undefined ? scopeIn(this).random() : javaRandom(seed);
}

function newUuid(this: Focus): string {
  const scope = scopeIn(this);
  return uuid(() => scope.random());
}
