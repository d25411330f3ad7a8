import type { Catalog } from '../../lib/contracts/catalog.ts';
import { modelCatalog } from '../model/catalog.ts';
import { createModelTwin, type ModelTwin, type ModelTwinOptions } from '../model/model-twin.ts';
import { Scheduled } from './interference.ts';
import { Invariants, type Violation } from './invariants/index.ts';
import type { Schedule } from './schedule.ts';
import { settings, storyNamed } from './stories.ts';
import type { Story } from './story.ts';

/** What every run of an exploration has in common: the code under proof, and how a mutation changes its world. */
export type Subject = Pick<ModelTwinOptions, 'deployed' | 'mutate'>;

export interface Ran {
  readonly twin: ModelTwin;
  readonly violations: readonly Violation[];
  /** What the story itself asked of ports and heard as events, without what comes after it. */
  readonly asked: Pick<ModelTwin, 'calls' | 'heard'>;
}

/** What has not come to its end after this much of the model's time never will. */
const patienceMs = 4 * 86_400_000;
const modelsOwn: Catalog = modelCatalog();

const goOn = async (twin: ModelTwin, { about }: Story, invariants: Invariants): Promise<void> => {
  const endMs = twin.clock.now() + patienceMs;
  settings[about].next.act(twin);
  await twin.clock.run({ until: () => twin.clock.now() > endMs || invariants.broken() });
  if (invariants.violations.length === 0) invariants.checkNext(settings[about].next.ends);
};

/** Plays the schedule's story to its end, and what comes after it, or until a promise is broken. */
export const runSchedule = async (subject: Subject, schedule: Schedule): Promise<Ran> => {
  const story = storyNamed(schedule.story);
  const catalog = settings[story.about].catalog?.() ?? modelsOwn;
  const interference = new Scheduled(schedule, story);
  const twin = await createModelTwin({ ...subject, catalog, seed: schedule.seed, interference });
  const { clock } = twin;
  settings[story.about].prepare(twin);
  const judged = { twin, story, gone: interference.gone, late: interference.late };
  const invariants = new Invariants(judged);
  const startMs = clock.now();
  for (const { atSeconds, act } of story.acts) clock.at(startMs + atSeconds * 1000, () => act(twin));
  await clock.run({ until: () => clock.now() > startMs + patienceMs || invariants.broken() });
  if (invariants.violations.length === 0) invariants.checkEnd();
  const asked = { calls: [...twin.calls], heard: [...twin.heard] };
  interference.end();
  // With a dependency gone there is nothing next to speak of.
  if (invariants.violations.length === 0 && interference.gone.size === 0) await goOn(twin, story, invariants);
  return { twin, violations: invariants.violations, asked };
};
