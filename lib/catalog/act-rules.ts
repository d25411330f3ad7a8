import type { InferInput } from 'valibot';
import type { Action } from '../contracts/action.ts';
import type { Playbook } from '../contracts/playbook.ts';
import { actorOf } from '../domain/remediation/actor-of.ts';
import { guarantees } from '../domain/remediation/guarantees.ts';
import { namedTarget, targets } from '../domain/remediation/target.ts';

/** What the catalog knows by name. */
export type KnownTargets = {
  services: readonly unknown[];
  instances: readonly unknown[];
  databases: readonly unknown[];
  /** Acts of which a guard makes a text for whoever changes Terraform, so that nobody need carry them out. */
  ownedByTerraform: readonly unknown[];
};
type PlaybookAsWritten = Pick<InferInput<typeof Playbook>, 'match' | 'rungs'>;
type Told = { path: (string | number)[]; message: string };

/** Rules of one rung: its act has somebody who carries it out, and something to touch that there is. `path`: within the playbook. */
export const rungProblems = ({ rungs, match }: PlaybookAsWritten, rung: number, known: KnownTargets): Told[] => {
  const act = rungs[rung]?.act;
  const problem = (path: string[], message: string): Told[] => [{ path: ['rungs', rung, 'act', ...path], message }];
  if (!act || act.kind === 'page') {
    if (!act || rung === rungs.length - 1) return [];
    return problem([], 'must be the last rung: a page gives the alarm to people');
  }
  if (actorOf(act.kind) === 'nobody' && !known.ownedByTerraform.includes(act.kind))
    return problem(['kind'], `must be an act that a machine carries out, got "${act.kind}"`);
  const [field, kind] = targets[act.kind];
  const named = namedTarget(act);
  if (named !== undefined) return unknownTarget(act, named, known).flatMap((message) => problem([field], message));
  if (guarantees(match, kind)) return [];
  return problem(
    [field],
    `must name its ${field}, or match only alarms of one ({ field: resource.kind, equals: ${kind} }), got neither`,
  );
};

/** Those of other kinds are not in the catalog. */
const unknownTarget = ({ kind }: Exclude<Action, { kind: 'page' }>, named: string, known: KnownTargets): string[] => {
  const [field, of] = targets[kind];
  const names = of === 'service' ? known.services : of === 'database' ? databaseNames(field, known) : [named];
  return names.includes(named)
    ? []
    : [`must be a ${of} of the catalog (${names.join(', ') || 'none'}), got "${named}"`];
};

/** A drill names a database as the catalog does; what acts on one names its instance. */
const databaseNames = (field: string, { instances, databases }: KnownTargets): readonly unknown[] =>
  field === 'instance' ? instances : databases;
