import { Refused, text } from './refused.ts';
import { ofText, type Test } from './tests.ts';

/** The character itself, whatever it means to a regular expression. */
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** `*` stands for any number of characters; `\*` and `\\` for themselves. */
export const wildcard = (operand: unknown): Test => {
  const tokens = text('wildcard', operand).match(/\\[\s\S]?|[\s\S]/g) ?? [];
  const expression = new RegExp(`^${tokens.map(translate).join('')}$`, 's');
  return ofText((value) => expression.test(value));
};

const translate = (token: string, at: number, tokens: readonly string[]): string => {
  if (token === '*') {
    if (tokens[at - 1] === '*') throw new Refused(`Consecutive wildcard characters at pos ${at - 1}`);
    return '.*';
  }
  if (!token.startsWith('\\')) return literal(token);
  if (token !== '\\*' && token !== '\\\\') throw new Refused(`Invalid escape character at pos ${at}`);
  return literal(token.slice(1));
};
