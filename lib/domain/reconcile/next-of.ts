import { redoNameOf, undoNameOf } from '../../contracts/names.ts';
import type { LostRun } from '../../contracts/reconcile.ts';
import { callsNameOf } from '../on-call/escalation-of.ts';

type Ended = Pick<LostRun, 'machine' | 'name'>;
type Next = { machine: 'rollback' | 'escalation'; name: string };

/** The run that the bad end of another starts; none where its end is only recorded, or was finished by another once. */
export const nextOf = ({ machine, name }: Ended): Next | undefined => {
  if (machine === 'deployment') return { machine: 'rollback', name: undoNameOf(name) };
  if (machine === 'remediation') return { machine: 'escalation', name: callsNameOf({ id: name }) };
  const again = redoNameOf(name);
  return machine === 'rollback' && again !== name ? { machine: 'rollback', name: again } : undefined;
};

/** Whether a bad end of it asks for anything: a rollback that was itself to finish another needs a person. */
export const mayBeLost = ({ machine, name }: Ended): boolean => machine !== 'rollback' || redoNameOf(name) !== name;
