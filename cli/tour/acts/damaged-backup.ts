import { type Damage, damages } from '../../../lib/contracts/drill.ts';
import { plusSeconds, toMs } from '../../../lib/contracts/instant.ts';
import type { Outcome } from '../../operations/outcome.ts';
import { pause } from '../../operations/pause.ts';
import { leftProblems, planOf, startDrill, worldOf } from '../drill.ts';
import { awaitEndOf } from '../followed.ts';
import type { Act, Stage } from '../stage.ts';

const betweenLooksMs = 500;

/** Each kind of damage in a drill of its own, all at the same time. */
export const damagedBackup: Act = {
  name: 'damaged-backup',
  title: 'A copy is damaged on purpose in every way there is, and each time a check sees it',
  async run(stage) {
    await awaitOldEnough(stage);
    const drills = await Promise.all(damages.map((damage) => caught(stage, damage)));
    return {
      problems: drills.flatMap(({ problems }) => problems),
      facts: Object.fromEntries(drills.flatMap(({ facts }) => facts)),
    };
  },
};

const caught = async (stage: Stage, damage: Damage) => {
  const subject = await startDrill(stage, { kind: 'newest' }, damage);
  const outcome = await awaitEndOf(stage, subject);
  const { instance } = await planOf(stage, subject);
  const missed = outcome.status === 'healthy' ? [] : [`${damage} ended as ${outcome.status}: ${outcome.reason}`];
  return { problems: [...missed, ...(await leftProblems(stage, instance))], facts: [[damage, seenBy(outcome)]] };
};

/** The checks of the copy that were not healthy, as the drill keeps them. */
const seenBy = ({ measured }: Outcome): string =>
  (measured?.checks ?? [])
    .filter(({ name, reason }) => name.startsWith('seen: ') && reason.startsWith('unhealthy: '))
    .map(({ name }) => name.slice('seen: '.length))
    .join(', ') || 'nobody';

const skewSeconds = 60;

/** A stale copy needs something that is older than the promise allows. */
const awaitOldEnough = async (stage: Stage): Promise<void> => {
  const { databases, clock } = worldOf(stage);
  const { instance, rpoSeconds } = stage.database;
  for (;;) {
    const from = (await databases.find(instance))?.restorable?.from;
    if (from && toMs(plusSeconds(from, rpoSeconds + skewSeconds)) < toMs(clock.now())) return;
    await pause(betweenLooksMs, stage.signal);
  }
};
