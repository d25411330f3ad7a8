import { createHash } from 'node:crypto';
import type { Instant } from '../../contracts/instant.ts';
import { secondsBetween } from '../../contracts/instant.ts';
import type { Message } from '../../contracts/message.ts';
import type { ServiceName } from '../../contracts/names.ts';
import type { Change } from './next-states.ts';
import { span } from './say.ts';

const nobody: ServiceName = 'evenkeel';
/** More lines than this nobody reads; the command line shows all. */
const mostLines = 20;

/**
 * One message for each service, of all that changed. Its id is made of the changes themselves, so two runs that find the same tell it
 * once.
 */
export const changeMessages = (changes: readonly Change[], now: Instant): Message[] => {
  const byService = new Map<ServiceName, Change[]>();
  for (const change of changes) {
    const service = change.state.services[0] ?? nobody;
    byService.set(service, [...(byService.get(service) ?? []), change]);
  }
  return [...byService].map(([service, mine]) => messageOf(service, mine, now));
};

const messageOf = (service: ServiceName, changes: readonly Change[], at: Instant): Message => {
  const lines = changes.slice(0, mostLines).map((change) => lineOf(change, at));
  const rest = changes.length - lines.length;
  return {
    id: `certificates-${hashOf(changes)}`,
    service,
    kind: 'certificate',
    subject: `${service}: ${headOf(changes)}`,
    body: [...lines, ...(rest > 0 ? [`and ${rest} more: evenkeel certificates`] : [])].join('\n'),
    at,
  };
};

const lineOf = ({ state, was }: Change, now: Instant): string => {
  if (state.health === 'OK') return `${state.subject} is OK again`;
  const [worst] = state.reasons;
  const since = state.health === 'UNKNOWN' && was ? ` for ${span(secondsBetween(state.since, now))}` : '';
  const where = worst?.address === undefined ? '' : ` at ${worst.address}`;
  return `${state.subject} is ${state.health}${since}${where}: ${worst?.says ?? 'nobody said why'}`;
};

const headOf = ([first, ...rest]: readonly Change[]): string => {
  const { subject = 'nothing', health = 'OK' } = first?.state ?? {};
  const more = rest.length > 0 ? `, and ${rest.length} more` : '';
  return `${subject} is ${health === 'OK' ? 'OK again' : health}${more}`;
};

/** From what was known before, which two runs beside each other share; the moment of the change they do not. */
const hashOf = (changes: readonly Change[]): string => {
  const parts = changes.map(
    ({ state, was }) => `${state.subject}|${state.health}|${was?.health ?? ''}|${was?.since ?? ''}`,
  );
  return createHash('sha256').update(parts.sort().join('\n')).digest('hex').slice(0, 32);
};
