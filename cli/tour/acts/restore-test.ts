import {
  awaitSentinel,
  leftProblems,
  measuredFacts,
  outcomeProblems,
  planOf,
  startDrill,
  takeBackup,
} from '../drill.ts';
import { awaitEndOf } from '../followed.ts';
import type { Act } from '../stage.ts';

export const restoreTest: Act = {
  name: 'restore-test',
  title: 'A backup is restored apart from everything, read whole, measured, and gone again',
  async run(stage) {
    await awaitSentinel(stage);
    const backup = await takeBackup(stage);
    const subject = await startDrill(stage, { kind: 'newest' });
    const outcome = await awaitEndOf(stage, subject);
    const { instance } = await planOf(stage, subject);
    return {
      problems: [...outcomeProblems(outcome), ...(await leftProblems(stage, instance))],
      facts: { backup: backup.id, ...(await measuredFacts(stage, subject, outcome)) },
    };
  },
};
