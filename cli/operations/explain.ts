import type { ServiceName } from '../../lib/contracts/names.ts';
import { verifyChain } from '../../lib/domain/ledger/chain.ts';
import { type StoryLine, tellStory } from '../../lib/domain/story/tell-story.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { RunNotFound } from '../failures.ts';
import type { Subject } from '../input/run-name.ts';
import { belongsTo } from './belongs.ts';
import { readChain } from './chain.ts';
import { type Outcome, outcomeOf, recordsOf } from './outcome.ts';

/** `chain`: whether every fact of the service, from its first on, is as it was written. */
export type Explanation = Subject & {
  story: StoryLine[];
  outcome: Outcome | null;
  chain: { service: ServiceName; entries: number } & ReturnType<typeof verifyChain>;
};

/** A run as the ledger tells it. Errors: `RunNotFound`. */
export const explain = async ({ ports }: Pick<ControlPlane, 'ports'>, subject: Subject): Promise<Explanation> => {
  const { service, name } = subject;
  const entries = await readChain(ports, service);
  const facts = entries.filter((entry) => belongsTo(name, entry));
  if (facts.length === 0) throw new RunNotFound(`run: the ledger of ${service} has no fact about "${name}"`, { name });
  const outcome = outcomeOf(name, await recordsOf(ports, subject), facts) ?? null;
  return {
    ...subject,
    story: tellStory(facts),
    outcome,
    chain: { service, entries: entries.length, ...verifyChain(entries) },
  };
};
