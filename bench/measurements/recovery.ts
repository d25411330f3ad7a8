import { awaitSentinel, takeBackup } from '../../cli/tour/drill.ts';
import type { Stage } from '../../cli/tour/stage.ts';
import { twinCatalogs } from '../../cli/twin/catalog.ts';
import { findDatabase, recoveryPolicyOf } from '../../lib/catalog/find-database.ts';
import type { Backup } from '../../lib/contracts/backup.ts';
import type { RecoveryPolicy } from '../../lib/contracts/recovery-policy.ts';
import { onProduction } from '../../twin/live/databases/production.ts';
import { type Bench, type Measured, type Measurement, rounded } from '../measurement.ts';
import { patientRecovery, writeRecoveryCatalog } from '../patient-catalog.ts';
import { byTurns } from '../recovery/by-turns.ts';
import { removed, restored } from '../recovery/copy.ts';
import { type Drilled, drilled } from '../recovery/drills.ts';
import { loadUntil } from '../recovery/load.ts';
import { newVerifier, type Verified } from '../recovery/verifier.ts';
import { onTwin } from '../twin.ts';

/** Shares of the largest size, at which memory is measured. */
const shares = [0.01, 0.1, 1];

type Sized = Verified & { megabytes: number };

const policyOf = async ({ database }: Stage): Promise<RecoveryPolicy> => {
  const catalog = await twinCatalogs.current();
  return patientRecovery(recoveryPolicyOf(catalog, findDatabase(catalog, database.name)));
};

const grown = async (stage: Stage, megabytes: number): Promise<{ size: number; backup: Backup }> => {
  stage.tell(`loads ${megabytes} MB`);
  const size = await onProduction(stage.stateDir, (client) => loadUntil(client, megabytes));
  return { size: Math.round(size), backup: await takeBackup(stage) };
};

/** Memory at each size; at the last one, ours and by hand in turn, and whole drills. */
const measure = async (stage: Stage, megabytes: number) => {
  const policy = await policyOf(stage);
  await awaitSentinel(stage);
  await using verifier = await newVerifier(stage);
  const sizes: Sized[] = [];
  for (const share of shares) {
    const { size, backup } = await grown(stage, Math.round(megabytes * share));
    const copy = await restored(stage, backup, policy);
    const { seconds, ...verified } = await verifier.verify(copy);
    sizes.push({ megabytes: size, seconds: rounded(seconds), ...verified });
    const compared = share === 1 ? await byTurns(stage, verifier, copy) : undefined;
    await removed(stage, copy.plan);
    if (compared) return { sizes, compared, drills: await drillAll(stage, backup) };
  }
  throw new Error('bench: the last size is the whole');
};

const drillAll = async (stage: Stage, backup: Backup): Promise<Drilled[]> => {
  const drills: Drilled[] = [];
  for (const damage of [undefined, 'dropped-table', 'wrong-owner'] as const) {
    stage.tell(`drills: ${damage ?? 'no damage'}`);
    drills.push(await drilled(stage, backup, damage));
  }
  return drills;
};

/** All that a drill does until its verdict, but for the restore. */
const beyondRestore = ({ phases: { choose = 0, arm = 0, answer = 0, verify: verifying = 0 } }: Drilled): number =>
  choose + arm + answer + verifying;

export const recovery: Measurement = {
  name: 'recovery',
  title: 'What a drill does beyond the restore, beside the same by hand; its memory; and its first verdict',
  async run(bench: Bench): Promise<Measured> {
    const options = { usersPerSecond: () => 0, writeCatalog: writeRecoveryCatalog };
    const { sizes, compared, drills } = await onTwin(bench, options, (stage) => measure(stage, bench.megabytes));
    const [healthy, ...damaged] = drills as [Drilled, ...Drilled[]];
    const overheadSeconds = rounded(beyondRestore(healthy));
    const drillRatio = rounded(overheadSeconds / compared.handSeconds);
    const growthMb = (sizes.at(-1)?.peakMb ?? 0) - (sizes[0]?.peakMb ?? 0);
    const { verifySeconds, handSeconds, hand, ratio } = compared;
    return {
      value: { ...compared, overheadSeconds, drillRatio, memory: { sizes, growthMb }, drills },
      lines: [
        `by hand ${handSeconds} s: pg_verifybackup ${hand.verifyBackup}, pg_dump ${hand.dump}, pg_amcheck ${hand.amcheck}`,
        `the verifying step ${verifySeconds} s: ${ratio} of that; a whole drill but for the restore ${overheadSeconds} s: ${drillRatio}`,
        ...sizes.map(
          ({ megabytes, peakMb, startMb }) => `${megabytes} MB: ${peakMb} MB resident, ${startMb} at the start`,
        ),
        `growth from the smallest to the largest: ${growthMb} MB`,
        ...damaged.map(
          ({ damage, firstVerdict, firstSeconds, fullSeconds }) =>
            `${damage}: ${firstVerdict} after ${firstSeconds} s, read whole after ${fullSeconds} s`,
        ),
      ],
    };
  },
};
