import type { Attempt } from '../../../../lib/contracts/incident.ts';
import type { Change } from '../../../model/changes.ts';
import type { Said } from '../../../model/functions.ts';
import type { ModelTwin } from '../../../model/model-twin.ts';
import type { ModelWorld } from '../../../model/model-world.ts';

type Written = { restartedAt?: string; floor?: number; since?: string; stamp?: string };

/** Whether a change is one that playbooks make. A rollback that one of them started writes under a token of its own. */
export const isAct = ({ resource, token }: Change, { said }: Pick<ModelTwin, 'said'>): boolean =>
  /^(database|cache)\//.test(resource) ||
  (resource.startsWith('slot/') && !said.some((one) => one.task === 'TakeOverLease' && tokenOf(one) === token));

const tokenOf = ({ outcome }: Said): unknown => outcome.ok && (outcome.payload as { token?: number }).token;

/** The attempt that made the change: a restart has its moment, a growth its id, a floor its number. */
export const attemptOf = ({ value }: Change, { incidents }: Pick<ModelWorld, 'incidents'>): Attempt | undefined => {
  const { restartedAt, floor, since = restartedAt, stamp } = value as Written;
  return [...incidents.attempts.values()].find(({ id, act, at }) =>
    act.kind === 'raise-floor' ? act.to === floor : id === stamp || at === since,
  );
};
