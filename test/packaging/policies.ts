import type { Resource, Statement } from '../../serverless/cloudformation.ts';

type Policy = { PolicyDocument: { Statement: Statement[] } };

export const statementsOf = (role: Resource | undefined): Statement[] =>
  ((role?.Properties.Policies ?? []) as Policy[]).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/** Actions that the platform needs around the code: network, logs, traces, and the queue for events that were given up. */
const ofThePlatform = /^(ec2|logs|xray|sqs):/;

export const sdkActionsOf = (role: Resource | undefined): string[] => {
  const actions = statementsOf(role).flatMap(({ Action }) => Action);
  return [...new Set(actions.filter((action) => !ofThePlatform.test(action)))].sort();
};

/** What a role lacks and what it has too much of, against the actions that its bundle can ask for. */
export const compare = (wanted: readonly string[], role: Resource | undefined) => {
  const allowed = sdkActionsOf(role);
  return {
    missing: wanted.filter((action) => !allowed.includes(action)),
    extra: allowed.filter((action) => !wanted.includes(action)),
  };
};

/** The actions that are allowed on a resource with a `*`. */
export const wildcardActions = (statements: readonly Statement[]): string[] =>
  statements.filter(({ Resource: resource }) => JSON.stringify(resource).includes('*')).flatMap(({ Action }) => Action);
