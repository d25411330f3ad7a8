import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import type { ControlPlane, Run } from '../control-plane/control-plane.ts';
import { RunNotStarted, RunUnsettled } from '../failures.ts';
import type { Subject } from '../input/run-name.ts';
import { belongsTo } from './belongs.ts';
import { readChain } from './chain.ts';
import { type Outcome, outcomeOf, recordsOf } from './outcome.ts';
import { pause } from './pause.ts';

export type FollowOptions = {
  signal: AbortSignal;
  betweenLooksMs?: number;
  /** How long a run may take to appear, and a dead one to be looked after. */
  patienceMs?: number;
};

/** Something that happened: a fact, the state the run is in, or its end, which is last. */
export type Step =
  | { type: 'fact'; fact: LedgerEntry }
  | { type: 'state'; state: string }
  | { type: 'outcome'; outcome: Outcome };

type Look = { facts: LedgerEntry[]; run: Run | undefined; outcome: Outcome | undefined };

/**
 * Follows a run by what is on record, so it sees the same whoever started the run and however often it is called.
 * Ends when the end is on record and nothing of the run works any more. Errors: `RunNotStarted`, `RunUnsettled`,
 * `Interrupted`.
 */
export async function* follow(plane: ControlPlane, subject: Subject, options: FollowOptions): AsyncGenerator<Step> {
  const { signal, betweenLooksMs = 400, patienceMs = 60_000 } = options;
  const look = lookerOf(plane, subject);
  let quietSince = performance.now();
  let state: string | undefined;
  for (;;) {
    const { facts, run, outcome } = await look();
    for (const fact of facts) yield { type: 'fact', fact };
    if (outcome && run?.status !== 'RUNNING') return yield { type: 'outcome', outcome };
    if (run?.state && run.state !== state) yield { type: 'state', state: run.state };
    state = run?.state;
    if (facts.length > 0 || run?.status === 'RUNNING') quietSince = performance.now();
    if (performance.now() - quietSince > patienceMs) throw nothingCame(subject, run, patienceMs);
    await pause(betweenLooksMs, signal);
  }
}

/** The run is looked up before the facts: when it is over, all its facts are there to be read. */
const lookerOf = ({ ports, runs }: ControlPlane, subject: Subject) => {
  const { service, name, machine } = subject;
  const story: LedgerEntry[] = [];
  let read = 0;
  return async (): Promise<Look> => {
    const run = await runs.find(name, machine);
    const records = await recordsOf(ports, subject);
    const entries = await readChain(ports, service, read);
    read = entries.at(-1)?.sequence ?? read;
    const facts = entries.filter((entry) => belongsTo(name, entry));
    story.push(...facts);
    return { facts, run, outcome: outcomeOf(name, records, story) };
  };
};

const whatNow: Record<Subject['of'], string> = {
  service: 'bring traffic back with: evenkeel rollback',
  database: 'what a drill made is removed by its schedule; look at: evenkeel drills',
  'control-plane': 'what is known is listed by: evenkeel certificates',
};

const nothingCame = ({ name, of }: Subject, run: Run | undefined, patienceMs: number): Error => {
  const seconds = patienceMs / 1000;
  if (!run) {
    return new RunNotStarted(
      `run: "${name}" did not appear within ${seconds} s; the event was taken, so look at the dead-letter queue`,
      { name },
    );
  }
  return new RunUnsettled(
    `run: "${name}" is ${run.status}, and no end was recorded within ${seconds} s; ${whatNow[of]}`,
    { name, status: run.status },
  );
};
