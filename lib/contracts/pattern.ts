/** More of any could take hours on a text made for it; with these the work grows with the square of the text at most. */
const mostChoices = 4;

type Seen = { groups: { choice: boolean; variable: boolean }[]; repeats: number; choices: number; branches: boolean };

/** A quantifier: `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`, each also lazy. */
const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;
const atom = /^(?:\\.|\[(?:\\.|[^\]\\])*\]|.)/su;

/**
 * Why a pattern must not be tried on text of others, if it must not: JavaScript goes back and tries again, and some patterns do so for
 * ever. Nothing that varies may be repeated, nor may much vary beside each other.
 */
export const patternProblem = (pattern: string): string | undefined => {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'expected a pattern of JavaScript';
  }
  if (/\(\?(?:[=!]|<[=!])/.test(pattern)) return 'expected no looking ahead or behind';
  if (/\\(?:[1-9]|k<)/.test(pattern)) return 'expected no reference to a group';
  return problemOf(pattern);
};

const problemOf = (pattern: string): string | undefined => {
  const seen: Seen = { groups: [], repeats: 0, choices: 0, branches: false };
  for (let rest = pattern; rest !== ''; ) {
    const head = /^\((?:\?(?:<\w+>|:))?/.exec(rest)?.[0] ?? atom.exec(rest)?.[0] ?? rest;
    const after = rest.slice(head.length);
    const repeat = head.startsWith('(') ? '' : (quantifier.exec(after)?.[0] ?? '');
    if (read(seen, head, repeat)) return 'expected nothing repeated that varies within, as (a+)+ or (a|b)*';
    rest = after.slice(repeat.length);
  }
  const most = pattern.startsWith('^') && !seen.branches ? 2 : 1;
  if (seen.repeats > most) return `expected at most ${most} of *, + and {}, or two after a ^ at the beginning`;
  if (seen.choices > mostChoices) return `expected at most ${mostChoices} of ? and groups with |`;
  return undefined;
};

/** Counts one part; true when it repeats what varies. */
const read = (seen: Seen, head: string, repeat: string): boolean => {
  const group = seen.groups.at(-1);
  if (head.startsWith('(')) seen.groups.push({ choice: false, variable: false });
  if (head === '|' && group) group.choice = true;
  if (head === '|' && !group) seen.branches = true;
  const closed = head === ')' ? seen.groups.pop() : undefined;
  if (closed?.choice) seen.choices += 1;
  const varies = repeat !== '' && !/^\{\d+\}\??$/.test(repeat);
  const optional = repeat.startsWith('?');
  if (optional) seen.choices += 1;
  else if (varies) seen.repeats += 1;
  const outer = seen.groups.at(-1);
  if (outer && (varies || closed?.choice || closed?.variable)) outer.variable = true;
  return repeat !== '' && !optional && (closed?.choice === true || closed?.variable === true);
};
