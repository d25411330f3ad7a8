/** A policy as IAM has it. */
type PolicyStatement = { Effect: string; Action: string | string[]; Resource: string | string[] };
export type Policy = { Statement: PolicyStatement[] };

/** IAM's patterns: `*` for any characters, `?` for one. A resource may itself hold a `*`, which only a `*` covers. */
const covers = (pattern: string, resource: string): boolean => {
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 's').test(resource);
};

/** Whether a policy lets somebody do this to that, whatever its conditions. */
export const allows = ({ Statement }: Policy, action: string, resource: string): boolean =>
  Statement.some(
    ({ Effect, Action, Resource }) =>
      Effect === 'Allow' &&
      [Action].flat().includes(action) &&
      [Resource].flat().some((pattern) => covers(pattern, resource)),
  );
