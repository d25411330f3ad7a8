import type { Attempt } from '../../../../lib/contracts/incident.ts';
import type { Change } from '../../../model/changes.ts';
import type { ModelWorld } from '../../../model/model-world.ts';

type Written = { restartedAt?: string; floor?: number };

/** Whether a change is one that playbooks make; nobody else changes slots in these stories. */
export const isAct = ({ resource }: Change): boolean => resource.startsWith('slot/');

/** The attempt that made the change: a restart has its moment, a floor its number. */
export const attemptOf = ({ value }: Change, { incidents }: Pick<ModelWorld, 'incidents'>): Attempt | undefined => {
  const { restartedAt, floor } = value as Written;
  return [...incidents.attempts.values()].find(({ act, at }) =>
    act.kind === 'raise-floor' ? act.to === floor : act.kind === 'restart-rollout' && at === restartedAt,
  );
};
