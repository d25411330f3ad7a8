import type { Attempt } from '../../../../lib/contracts/incident.ts';
import type { Change } from '../../../model/changes.ts';
import type { Said } from '../../../model/functions.ts';
import type { ModelTwin } from '../../../model/model-twin.ts';
import type { ModelWorld } from '../../../model/model-world.ts';

type Written = {
  restartedAt?: string;
  scaledAt?: string;
  floor?: number;
  recycled?: string;
  since?: string;
  stamp?: string;
};
type World = Pick<ModelWorld, 'incidents' | 'ledger'>;

/** Whether a change is one that playbooks make. A rollback that one of them started writes under a token of its own. */
export const isAct = ({ resource, token }: Change, { said }: Pick<ModelTwin, 'said'>): boolean =>
  /^(database|cache|distribution)\//.test(resource) ||
  (resource.startsWith('slot/') && !said.some((one) => one.task === 'TakeOverLease' && tokenOf(one) === token));

const tokenOf = ({ outcome }: Said): unknown => outcome.ok && (outcome.payload as { token?: number }).token;

/** The attempt that made the change: a restart and a scaling have its moment, a floor its number, a pod is on record as chosen. */
export const attemptOf = ({ value }: Change, { incidents, ledger }: World): Attempt | undefined => {
  const { restartedAt, scaledAt, floor, recycled, since = restartedAt, stamp } = value as Written;
  return [...incidents.attempts.values()].find(({ id, act, at }) => {
    if (act.kind === 'raise-floor') return act.to === floor;
    if (act.kind === 'recycle-pod') return recycled !== undefined && recycled === chosenIn(ledger, id);
    return id === stamp || at === (act.kind === 'scale-service' ? scaledAt : since);
  });
};

const chosenIn = (ledger: World['ledger'], id: string): unknown =>
  [...ledger.values()].flat().find(({ key }) => key === `${id}/chosen`)?.data.pod;
