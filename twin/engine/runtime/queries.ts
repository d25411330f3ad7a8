import { validationException } from '../errors.ts';
import type { Actor } from './actor.ts';
import { describe, type HistoryEvent, renderEvent } from './render.ts';

export interface Page {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** One page of a list; the token is the place where the next one begins. AWS allows 1,000 a page. */
export function page<T>(
  items: readonly T[],
  { maxResults = 0, nextToken }: Page,
  limit: number,
): { items: T[]; nextToken?: string } {
  const from = nextToken === undefined ? 0 : Number(Buffer.from(nextToken, 'base64url').toString());
  if (!Number.isInteger(from)) throw validationException(`Invalid Token: '${nextToken}'`);
  const to = from + Math.min(maxResults || limit, limit);
  const next = to < items.length ? Buffer.from(String(to)).toString('base64url') : undefined;
  return { items: items.slice(from, to), ...(next !== undefined && { nextToken: next }) };
}

export function history(
  actor: Actor,
  options: Page & { reverseOrder?: boolean },
): { events: HistoryEvent[]; nextToken?: string } {
  const records = actor.execution.history;
  const { items, ...rest } = page(options.reverseOrder ? records.toReversed() : records, options, 1000);
  return { events: items.map(renderEvent), ...rest };
}

export interface ListRequest extends Page {
  readonly stateMachineArn: string;
  readonly statusFilter?: string;
}

/** Newest first, as AWS lists them. */
export function listed(actors: Iterable<Actor>, { stateMachineArn, statusFilter, ...options }: ListRequest) {
  const chosen = [...actors].filter(({ execution }) => {
    const { machineArn, status } = execution;
    return machineArn === stateMachineArn && (statusFilter === undefined || status === statusFilter);
  });
  const { items, ...rest } = page(chosen.reverse(), options, 1000);
  return { executions: items.map(summary), ...rest };
}

function summary({ execution }: Actor) {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate, redriveCount } = describe(execution);
  return { executionArn, stateMachineArn, name, status, startDate, ...(stopDate && { stopDate }), redriveCount };
}
