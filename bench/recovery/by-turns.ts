import { rm } from 'node:fs/promises';
import type { Stage } from '../../cli/tour/stage.ts';
import { postgresTools } from '../../scripts/postgres-tools.ts';
import { databaseAddress } from '../../twin/live/index.ts';
import { median, rounded } from '../measurement.ts';
import { type ByHand, baseBackup, checkByHand } from './by-hand.ts';
import { type Copy, loginOf } from './copy.ts';
import type { Verifier } from './verifier.ts';

const turns = 3;

const secondsOf = ({ verifyBackup, dump, amcheck }: ByHand): number => verifyBackup + dump + amcheck;

/** Ours and by hand in turn, on one copy, so that a busy machine slows both; the median of each. */
export const byTurns = async (stage: Stage, { verify }: Verifier, copy: Copy) => {
  const programs = { bin: await postgresTools(), signal: stage.signal };
  const backup = `${stage.stateDir}.base-backup`;
  const ours: number[] = [];
  const hands: ByHand[] = [];
  try {
    await baseBackup(programs, await databaseAddress(stage.stateDir), backup);
    for (let turn = 0; turn < turns; turn += 1) {
      ours.push((await verify(copy)).seconds);
      hands.push(await checkByHand(programs, await loginOf(stage, copy.plan), backup));
    }
  } finally {
    await rm(backup, { recursive: true, force: true });
  }
  const of = (name: keyof ByHand) => rounded(median(hands.map((hand) => hand[name])));
  const [verifySeconds, handSeconds] = [median(ours), median(hands.map(secondsOf))];
  return {
    turns,
    verifySeconds: rounded(verifySeconds),
    handSeconds: rounded(handSeconds),
    hand: { verifyBackup: of('verifyBackup'), dump: of('dump'), amcheck: of('amcheck') },
    ratio: rounded(verifySeconds / handSeconds),
  };
};
