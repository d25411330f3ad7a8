import { ConfigInvalid } from '../../../lib/contracts/failures.ts';
import type { Wiring } from '../../wiring/index.ts';
import { InvalidEventPattern } from '../pattern/index.ts';
import { readEventBridge } from './event-bridge.ts';
import { readHttpApi } from './http-api.ts';
import { readSchedule } from './schedule.ts';
import { readSns } from './sns.ts';
import { Problems, type ReadTrigger, type Subscriber } from './subscriber.ts';
import type { Subscriptions } from './types.ts';

const kinds: Readonly<Record<string, ReadTrigger>> = {
  eventBridge: readEventBridge,
  schedule: readSchedule,
  sns: readSns,
  httpApi: readHttpApi,
};

/**
 * The triggers of all functions. Errors: `ConfigInvalid` with all problems at once, each with its place, for whatever
 * AWS would refuse or the twin cannot do: an option that did nothing here would only be missed in production.
 */
export const readSubscriptions = ({ place, functions }: Pick<Wiring, 'place' | 'functions'>): Subscriptions => {
  const problems: string[] = [];
  const parts = functions.flatMap(({ key, name, events }) =>
    events.map((event, index) => readEvent(event, { key, name, index, origin: place }, problems)),
  );
  if (problems.length > 0) throw new ConfigInvalid(`serverless.yml: ${problems.join('; ')}`, { problems });
  return {
    rules: parts.flatMap(({ rules = [] }) => rules),
    timed: parts.flatMap(({ timed = [] }) => timed),
    topics: parts.flatMap(({ topics = [] }) => topics),
    routes: parts.flatMap(({ routes = [] }) => routes),
  };
};

const readEvent = (event: unknown, subscriber: Subscriber, problems: string[]): Partial<Subscriptions> => {
  const [[kind = '', value] = [], ...rest] = Object.entries(Object(event));
  const place = `functions.${subscriber.key}.events[${subscriber.index}]${kind && `.${kind}`}`;
  const read = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!read || rest.length > 0) {
    problems.push(`${place}: expected one of ${Object.keys(kinds).join(', ')}`);
    return {};
  }
  try {
    return read(value, subscriber);
  } catch (error) {
    problems.push(...linesOf(error).map((line) => `${place}: ${line}`));
    return {};
  }
};

const linesOf = (error: unknown): readonly string[] => {
  if (error instanceof Problems) return error.problems;
  if (error instanceof InvalidEventPattern) return error.problems.map((problem) => `pattern ${problem}`);
  return [error instanceof Error ? error.message : String(error)];
};
