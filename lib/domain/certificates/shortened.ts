import { health, type Reason } from '../../contracts/certificate.ts';

/** As many as people read, and as fit into a record. */
const most = 12;

/** The same said of several addresses for each, the worst first; what is too much is counted, never left out without a word. */
export const shortened = (reasons: readonly Reason[]): Reason[] => {
  const different = [...new Map(reasons.map((reason) => [keyOf(reason), reason])).values()];
  const worstFirst = different.sort((a, b) => health.indexOf(b.health) - health.indexOf(a.health));
  const rest = worstFirst.slice(most);
  const [next] = rest;
  if (!next) return worstFirst;
  return [...worstFirst.slice(0, most), { rule: 'more', health: next.health, says: `and ${rest.length} more` }];
};

/** What is good is good everywhere: it is said once. */
const keyOf = ({ rule, health, says, address }: Reason): string =>
  JSON.stringify([rule, says, health === 'OK' ? undefined : address]);
