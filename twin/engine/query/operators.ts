import type { Json } from '../json.ts';

/** Thrown where only JSONata knows the answer: it converts, spreads, compares deeply, or fails with its own words. */
export const ASK_JSONATA: unique symbol = Symbol('ask JSONata');

export const ask = (): never => {
  throw ASK_JSONATA;
};

/** JSONata's `$boolean` for what is not an array. */
export function truth(value: Json | undefined): boolean {
  if (Array.isArray(value)) return ask();
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

function equal(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left === 'object' && left !== null) return ask();
  if (typeof right === 'object' && right !== null) return ask();
  return left === right;
}

function text(value: Json | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value + 0) : ask();
}

const number = (value: Json | undefined): number => (typeof value === 'number' ? value : ask());
const finite = (value: number): number => (Number.isFinite(value) ? value : ask());

function compare(left: Json | undefined, right: Json | undefined): number {
  const comparable = typeof left === 'string' || typeof left === 'number';
  if (!comparable || typeof left !== typeof right) return ask();
  return left < (right as typeof left) ? -1 : left > (right as typeof left) ? 1 : 0;
}

type Operator = (left: Json | undefined, right: Json | undefined) => Json;
export const OPERATORS: Record<string, Operator> = {
  '=': (left, right) => left !== undefined && right !== undefined && equal(left, right),
  '!=': (left, right) => left !== undefined && right !== undefined && !equal(left, right),
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
  '&': (left, right) => text(left) + text(right),
  '+': (left, right) => finite(number(left) + number(right)),
  '-': (left, right) => finite(number(left) - number(right)),
  '*': (left, right) => finite(number(left) * number(right)),
  '/': (left, right) => finite(number(left) / number(right)),
  '%': (left, right) => finite(number(left) % number(right)),
};
