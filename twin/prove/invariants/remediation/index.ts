import { NoStaleWriter } from '../i3-one-effect.ts';
import type { Promises } from '../violation.ts';
import { eachIsCalledOnce, peopleAreCalled } from './calls.ts';
import { noLeaseIsHeld } from './i2-nothing-held.ts';
import { oneEffectOfEach } from './i3-one-effect.ts';
import { oneRunOfEach } from './i3-one-run.ts';
import { ActsInsideGuards } from './i5-inside-guards.ts';
import { blipsChangeNoEnd, everyEndIsTold, everyIncidentEnds } from './i8-told.ts';

export const promisesOfRemediation: Promises = {
  always: [],
  watchers: () => [new ActsInsideGuards(), new NoStaleWriter()],
  atTheEnd: [
    noLeaseIsHeld,
    oneEffectOfEach,
    oneRunOfEach,
    everyIncidentEnds,
    everyEndIsTold,
    blipsChangeNoEnd,
    eachIsCalledOnce,
    peopleAreCalled,
  ],
};
