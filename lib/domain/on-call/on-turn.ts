import { type Instant, toMs } from '../../contracts/instant.ts';
import type { Rota } from '../../contracts/on-call.ts';

const dayMs = 86_400_000;

/**
 * Whose turn it is at that moment: an override's person, or whose place the count of whole turns since `from` comes to. Before `from` the
 * same order is counted backwards, so that there is always somebody.
 */
export const onTurn = ({ people, turnDays, from, overrides }: Rota, at: Instant): string => {
  const instead = overrides.findLast((one) => toMs(one.from) <= toMs(at) && toMs(at) < toMs(one.to));
  if (instead) return instead.person;
  const turns = Math.floor((toMs(at) - toMs(from)) / (turnDays * dayMs));
  const place = ((turns % people.length) + people.length) % people.length;
  return people[place] ?? '';
};
