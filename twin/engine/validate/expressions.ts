import jsonata from 'jsonata';
import { isObject, type Json } from '../json.ts';
import { expressionIn } from '../query/expression.ts';
import type { Report } from './problem.ts';
import { type References, referencesOf } from './references.ts';

/** Where an expression stands decides which parts of `$states` it can see. */
export interface Place {
  readonly result?: boolean;
  readonly errorOutput?: boolean;
}

/** Checks each expression in a payload template, at any depth. */
export function checkExpressions(template: Json, location: string, report: Report, place: Place = {}): void {
  if (typeof template === 'string') {
    const source = expressionIn(template);
    if (source !== undefined) checkExpression(source, location, report, place);
  } else if (Array.isArray(template)) {
    for (const [index, item] of template.entries()) checkExpressions(item, `${location}[${index}]`, report, place);
  } else if (isObject(template)) {
    for (const [key, value] of Object.entries(template)) checkExpressions(value, `${location}/${key}`, report, place);
  }
}

function checkExpression(source: string, location: string, report: Report, place: Place): void {
  try {
    checkReferences(referencesOf(jsonata(source).ast()), location, report, place);
  } catch (reason) {
    report({ code: 'INVALID_JSONATA_EXPRESSION', message: (reason as Error).message, location });
  }
}

function checkReferences({ topLevel, states, root }: References, location: string, report: Report, place: Place): void {
  const refuse = (message: string) => report({ code: 'UNSUPPORTED_JSONATA_EXPRESSION', message, location });
  for (const name of topLevel) refuse(`Reference to '${name}' at the top level is not supported.`);
  if (root) refuse("Reference to '$$' is not supported.");
  for (const part of ['result', 'errorOutput'] as const) {
    if (states.has(part) && !place[part]) refuse(`Field '$states.${part}' does not exist.`);
  }
}
