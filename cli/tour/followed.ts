import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import { RunUnsettled } from '../failures.ts';
import type { Subject } from '../input/run-name.ts';
import { follow } from '../operations/follow.ts';
import type { Outcome } from '../operations/outcome.ts';
import type { Stage } from './stage.ts';

/** Waits for the first fact of that kind in the run's story. */
export const awaitFactOf = async (stage: Stage, subject: Subject, kind: string): Promise<LedgerEntry> => {
  for await (const step of followed(stage, subject)) {
    if (step.type === 'fact' && step.fact.kind === kind) return step.fact;
  }
  throw new RunUnsettled(`run: "${subject.name}" ended without the fact "${kind}"`, { ...subject, kind });
};

/** Tells the story on the way. */
export const awaitEndOf = async (stage: Stage, subject: Subject): Promise<Outcome> => {
  for await (const step of followed(stage, subject)) {
    if (step.type === 'fact') stage.tell(step.fact.says);
    if (step.type === 'outcome') return step.outcome;
  }
  throw new RunUnsettled(`run: "${subject.name}" has no end`, { ...subject });
};

async function* followed(stage: Stage, subject: Subject) {
  yield* follow(await stage.plane(), subject, { signal: stage.signal, betweenLooksMs: 100 });
}
