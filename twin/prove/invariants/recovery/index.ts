import type { Promises } from '../violation.ts';
import { everyEndHasAPrice } from './cost.ts';
import { noBackupStaysTaking, noCopyIsLeft, noDrillStaysOpen } from './i2-nothing-left.ts';
import { RemoversComeFirst } from './i2-removers-first.ts';
import { everyDrillHasEvidence, evidenceIsWhole, sentinelsAreOneChain } from './i3-one-evidence.ts';
import { copiesAreIsolated, OnlyOursIsRemoved } from './i4-only-ours.ts';
import { exportsAreAsRecorded, missingExportsAreLoud } from './i6-exports.ts';
import { proofIsEarned, verdictsAreTrue } from './i6-true-verdicts.ts';
import { everyEndIsTold, everyWishIsAnswered } from './i8-told.ts';

export const promisesOfRecovery: Promises = {
  always: [copiesAreIsolated],
  watchers: () => [new RemoversComeFirst(), new OnlyOursIsRemoved()],
  atTheEnd: [
    noCopyIsLeft,
    noDrillStaysOpen,
    noBackupStaysTaking,
    evidenceIsWhole,
    everyDrillHasEvidence,
    sentinelsAreOneChain,
    everyEndIsTold,
    everyWishIsAnswered,
    verdictsAreTrue,
    proofIsEarned,
    exportsAreAsRecorded,
    missingExportsAreLoud,
    everyEndHasAPrice,
  ],
};
