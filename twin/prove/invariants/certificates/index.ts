import { NoStaleWriter } from '../i3-one-effect.ts';
import { blipsChangeNoEnd } from '../i8-same-ends.ts';
import type { Promises } from '../violation.ts';
import { noLeaseIsHeld } from './i2-nothing-held.ts';
import { OneRestartForEach, oneMessageForEach, oneRequestForEach } from './i3-one-restart.ts';
import { RestartsInsideGuards } from './i5-inside-guards.ts';
import { nothingBadIsOk, nothingVanishedIsOk } from './i6-true-health.ts';
import { everyBadIsTold, everyCheckEnds, everyRefusalIsTold } from './i8-told.ts';

export const promisesOfCertificates: Promises = {
  always: [],
  watchers: () => [new OneRestartForEach(), new RestartsInsideGuards(), new NoStaleWriter()],
  atTheEnd: [
    noLeaseIsHeld,
    oneRequestForEach,
    oneMessageForEach,
    nothingBadIsOk,
    nothingVanishedIsOk,
    everyCheckEnds,
    everyBadIsTold,
    everyRefusalIsTold,
    blipsChangeNoEnd,
  ],
};
