import { NoStaleWriter } from '../i3-one-effect.ts';
import { blipsChangeNoEnd } from '../i8-same-ends.ts';
import { noCopyIsLeft, noDrillStaysOpen } from '../recovery/i2-nothing-left.ts';
import { RemoversComeFirst } from '../recovery/i2-removers-first.ts';
import { everyDrillHasEvidence, evidenceIsWhole } from '../recovery/i3-one-evidence.ts';
import { copiesAreIsolated, OnlyOursIsRemoved } from '../recovery/i4-only-ours.ts';
import type { Promises } from '../violation.ts';
import {
  NothingIsPromotedBesideAWriter,
  namesLeadToWriters,
  usersAreServed,
  usersReachOneWriter,
} from './i1-one-writer.ts';
import { drillRecordIsBack, noLeaseIsHeld } from './i2-nothing-held.ts';
import { everyFailoverIsSealed } from './i3-sealed.ts';
import { DrillTouchesNothing, RefusedTouchesNothing } from './i4-drill-touches-nothing.ts';
import { everyEndIsTold } from './i8-ends.ts';

export const promisesOfFailover: Promises = {
  always: [usersReachOneWriter, namesLeadToWriters, copiesAreIsolated],
  watchers: () => [
    new NothingIsPromotedBesideAWriter(),
    new DrillTouchesNothing(),
    new RefusedTouchesNothing(),
    new RemoversComeFirst(),
    new OnlyOursIsRemoved(),
    new NoStaleWriter(),
  ],
  atTheEnd: [
    usersAreServed,
    noLeaseIsHeld,
    drillRecordIsBack,
    noCopyIsLeft,
    noDrillStaysOpen,
    evidenceIsWhole,
    everyDrillHasEvidence,
    everyFailoverIsSealed,
    everyEndIsTold,
    blipsChangeNoEnd,
  ],
};
