import { type Instant, secondsBetween } from '../../contracts/instant.ts';
import type { LedgerEntry } from '../../contracts/ledger.ts';

/** One line of the story. `sinceStartSeconds` counts from the story's first line. */
export type StoryLine = { at: Instant; sinceStartSeconds: number; kind: string; says: string };

export const tellStory = (entries: readonly LedgerEntry[]): StoryLine[] =>
  entries.map(({ at, kind, says }) => ({
    at,
    sinceStartSeconds: secondsBetween(entries[0]?.at ?? at, at),
    kind,
    says,
  }));
