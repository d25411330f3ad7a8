import type { Action } from '../../contracts/action.ts';
import type { Resource } from '../../contracts/alarm.ts';
import type { Rung } from '../../contracts/playbook.ts';
import type { RemedyWish } from '../../contracts/remedy.ts';
import { namedTarget, targets } from './target.ts';

/** What the alarm's own resource is called as a target of this kind; a service may also be the one that feels it. */
const ownName = (resource: Resource, kind: Resource['kind']): string | undefined => {
  if (resource.kind === kind) return resource.id;
  return kind === 'service' ? resource.service : undefined;
};

/** The act with its target named, and the resource that it touches: the alarm's own where the playbook names none. */
const withTarget = (act: Action, resource: Resource): { act: Action; resource: Resource } => {
  if (act.kind === 'page') return { act, resource };
  const [field, kind] = targets[act.kind];
  const id = namedTarget(act) ?? ownName(resource, kind);
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
