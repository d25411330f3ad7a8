/** A part of a pattern that EventBridge would not accept, and why. */
export class Refused extends Error {}

export const text = (name: string, operand: unknown): string => {
  if (typeof operand !== 'string') throw new Refused(`${name} match pattern must be a string`);
  return operand;
};

export const textOrTexts = (name: string, operand: unknown): string[] => {
  const texts = Array.isArray(operand) ? operand : [operand];
  if (texts.length === 0) throw new Refused(`${name}: empty arrays are not allowed`);
  return texts.map((one) => text(name, one));
};

/** The one entry of an object such as `{ "prefix": "a" }`. */
export const soleEntry = (operand: object): [string, unknown] => {
  const entries = Object.entries(operand);
  const [entry] = entries;
  if (!entry || entries.length > 1) throw new Refused('Only one key allowed in match expression');
  return entry;
};
