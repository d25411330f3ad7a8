import { Acknowledgement, BreakerWish, RemedyAnswer } from '../../lib/contracts/remedy.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { checked } from '../input/checked.ts';

/** Answers the question of an incident, by an event like any other wish. Errors: `InputInvalid`. */
export const answerQuestion = async ({ events }: Pick<ControlPlane, 'events'>, said: object): Promise<RemedyAnswer> => {
  const answer = checked(RemedyAnswer, said);
  await events.send('RemedyAnswered', answer);
  return answer;
};

/** Lets playbooks act on a resource again. Errors: `InputInvalid`. */
export const closeBreaker = async ({ events }: Pick<ControlPlane, 'events'>, wish: object): Promise<BreakerWish> => {
  const closing = checked(BreakerWish, wish);
  await events.send('BreakerCloseRequested', closing);
  return closing;
};

/** Takes an incident, so that nobody else is called. Errors: `InputInvalid`. */
export const acknowledge = async ({ events }: Pick<ControlPlane, 'events'>, said: object): Promise<Acknowledgement> => {
  const taken = checked(Acknowledgement, said);
  await events.send('AlarmAcknowledged', taken);
  return taken;
};
