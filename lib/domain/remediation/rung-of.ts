import type { Action, ActionKind } from '../../contracts/action.ts';
import type { Resource } from '../../contracts/alarm.ts';
import type { Rung } from '../../contracts/playbook.ts';
import type { RemedyWish } from '../../contracts/remedy.ts';

/** By action: the field that names its target, and the kind of resource that this is. */
const targets: Readonly<Record<Exclude<ActionKind, 'page'>, readonly [field: string, kind: Resource['kind']]>> = {
  'restart-rollout': ['service', 'service'],
  'scale-service': ['service', 'service'],
  'raise-floor': ['service', 'service'],
  'recycle-pod': ['service', 'service'],
  'undo-release': ['service', 'service'],
  'drain-node': ['node', 'node'],
  'scale-node-group': ['group', 'node-group'],
  'rotate-credential': ['credential', 'credential'],
  'reboot-database': ['instance', 'database'],
  'fail-over-database': ['instance', 'database'],
  'promote-replica': ['instance', 'database'],
  'end-blocking-sessions': ['instance', 'database'],
  'extend-storage': ['instance', 'database'],
  'run-restore-test': ['database', 'database'],
  'fail-over-cache': ['cache', 'cache'],
  'purge-path': ['distribution', 'distribution'],
  'pause-schedule': ['schedule', 'schedule'],
};

/** What the alarm's own resource is called as a target of this kind; a service may also be the one that feels it. */
const ownName = (resource: Resource, kind: Resource['kind']): string | undefined => {
  if (resource.kind === kind) return resource.id;
  return kind === 'service' ? resource.service : undefined;
};

/** The act with its target named, and the resource that it touches: the alarm's own where the playbook names none. */
const withTarget = (act: Action, resource: Resource): { act: Action; resource: Resource } => {
  if (act.kind === 'page') return { act, resource };
  const [field, kind] = targets[act.kind];
  const id = (act as unknown as Record<string, string | undefined>)[field] ?? ownName(resource, kind);
  if (id === undefined) return { act, resource };
  const service = kind === 'service' ? id : resource.service;
  return { act: { ...act, [field]: id } as Action, resource: { kind, id, ...(service ? { service } : {}) } };
};

/** One rung of a playbook as it is meant for this alarm. Errors: a plain one for a rung that there is not. */
export const rungOf = (
  { playbook, change }: RemedyWish,
  at: number,
): { rung: Rung; act: Action; resource: Resource } => {
  const rung = playbook.rungs[at];
  if (!rung) throw new Error(`${playbook.name} has ${playbook.rungs.length} rungs, and no number ${at}`);
  return { rung, ...withTarget(rung.act, change.resource) };
};
