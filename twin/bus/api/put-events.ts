import type { BusEvent, NewEvent } from '../events/event.ts';
import { busName } from '../subscriptions/event-bridge.ts';

/** What the API asks of the bus. */
export interface EventSink {
  readonly buses: ReadonlySet<string>;
  publish(events: readonly { bus: string; event: NewEvent }[]): BusEvent[];
}

/** An error of the whole request, named as EventBridge names it. */
export class EventsApiError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

interface Entry {
  readonly Source?: unknown;
  readonly DetailType?: unknown;
  readonly Detail?: unknown;
  readonly Resources?: readonly string[];
  readonly EventBusName?: string;
  /** Epoch seconds. */
  readonly Time?: number;
}
type Refusal = { ErrorCode: string; ErrorMessage: string };
type ResultEntry = { EventId: string } | Refusal;

const maxEntries = 10;
const maxBytes = 262_144;

/**
 * `PutEvents`: entries that cannot be read are refused one by one, the others are on disk when this returns.
 * Errors: `EventsApiError` for the request as a whole. Source: EventBridge API reference and "PutEvents event entry size".
 */
export const putEvents = (sink: EventSink, request: unknown): { FailedEntryCount: number; Entries: ResultEntry[] } => {
  const entries = entriesOf(request);
  const read = entries.map((entry) => refusalOf(sink, entry) ?? wanted(entry));
  const published = sink.publish(read.filter((one) => 'event' in one))[Symbol.iterator]();
  const results = read.map((one) => ('event' in one ? { EventId: published.next().value?.id ?? '' } : one));
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
};

const entriesOf = (request: unknown): readonly Entry[] => {
  const { Entries } = Object(request) as { Entries?: unknown };
  if (!Array.isArray(Entries) || Entries.length < 1 || Entries.length > maxEntries) {
    const count = Array.isArray(Entries) ? Entries.length : 0;
    throw new EventsApiError('ValidationException', `Entries: expected 1 to ${maxEntries} entries, got ${count}`);
  }
  if (Entries.map(bytesOf).reduce((sum, bytes) => sum + bytes, 0) > maxBytes) {
    throw new EventsApiError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return Entries;
};

const utf8 = (value: unknown): number => (typeof value === 'string' ? Buffer.byteLength(value) : 0);

const bytesOf = ({ Source, DetailType, Detail, Resources = [], Time }: Entry): number =>
  utf8(Source) + utf8(DetailType) + utf8(Detail) + Resources.map(utf8).reduce((a, b) => a + b, 0) + (Time ? 14 : 0);

const refusalOf = ({ buses }: EventSink, entry: Entry): Refusal | undefined => {
  const missing = (['Source', 'DetailType', 'Detail'] as const).find((name) => !isText(entry[name]));
  if (missing) return invalid(missing, `${missing} is a required argument.`);
  if (String(entry.Source).startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (detailOf(entry) === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const bus = busName(entry.EventBusName ?? 'default');
  // AWS takes such an event and drops it. Nobody would be told; here the sender is.
  return buses.has(bus) ? undefined : invalid('EventBusName', `there is no event bus "${bus}".`);
};

const invalid = (name: string, reason: string): Refusal => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${reason}`,
});

const isText = (value: unknown): boolean => typeof value === 'string' && value.length > 0;

const detailOf = ({ Detail }: Entry): object | undefined => {
  try {
    const detail: unknown = JSON.parse(String(Detail));
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
};

const wanted = (entry: Entry): { bus: string; event: NewEvent } => ({
  bus: busName(entry.EventBusName ?? 'default'),
  event: {
    source: String(entry.Source),
    detailType: String(entry.DetailType),
    detail: detailOf(entry),
    ...(entry.Resources && { resources: entry.Resources }),
    ...(entry.Time !== undefined && { timeMs: entry.Time * 1000 }),
  },
});
