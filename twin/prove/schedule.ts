/** What befalls one call to a port. */
export const callFaults = ['refused-once', 'refused-for-ever', 'late', 'dies-before', 'dies-after'] as const;
export type CallFaultKind = (typeof callFaults)[number];
/** What befalls one event. The number, in seconds, belongs to those that need one. */
export const eventFaults = ['twice', 'delayed', 'lost'] as const;
export type EventFaultKind = (typeof eventFaults)[number];

export type Fault =
  | { readonly on: 'call'; readonly index: number; readonly kind: CallFaultKind }
  | { readonly on: 'event'; readonly index: number; readonly kind: EventFaultKind; readonly seconds: number };

/** One world to run: a story, the seed of its randomness, and what goes wrong. The same schedule gives the same run. */
export interface Schedule {
  readonly story: string;
  readonly seed: number;
  readonly faults: readonly Fault[];
}

/** As it is printed, and taken by `--schedule`: `bad-release seed=1 call:17=dies-after event:0=twice:45`. */
export const formatSchedule = ({ story, seed, faults }: Schedule): string =>
  [story, `seed=${seed}`, ...faults.map(formatFault)].join(' ');

const formatFault = (fault: Fault): string => {
  const what = `${fault.on}:${fault.index}=${fault.kind}`;
  return fault.on === 'event' && fault.kind !== 'lost' ? `${what}:${fault.seconds}` : what;
};

/** Errors: one that lists every part it cannot read. */
export const parseSchedule = (text: string): Schedule => {
  const [story = '', ...parts] = text.trim().split(/\s+/);
  const seed = /^seed=(\d+)$/.exec(parts[0] ?? '')?.[1];
  const faults = (seed === undefined ? parts : parts.slice(1)).map(parseFault);
  const wrong = parts.filter((_, at) => !(at === 0 && seed !== undefined) && !faults[seed === undefined ? at : at - 1]);
  if (wrong.length > 0)
    throw new Error(`schedule: cannot read ${wrong.map((part) => `"${part}"`).join(', ')}; expected ${grammar}`);
  return { story, seed: Number(seed ?? 1), faults: faults.filter((fault) => fault !== undefined) };
};

const grammar = `seed=N, call:N=${callFaults.join('|')} or event:N=twice:SECONDS|delayed:SECONDS|lost`;

const parseFault = (text: string): Fault | undefined => {
  const [, on, index, kind = '', seconds] = /^(call|event):(\d+)=([a-z-]+)(?::(\d+))?$/.exec(text) ?? [];
  if (on === 'call' && isOneOf(callFaults, kind)) return { on, index: Number(index), kind };
  if (on === 'event' && isOneOf(eventFaults, kind))
    return { on, index: Number(index), kind, seconds: Number(seconds ?? 0) };
  return undefined;
};

const isOneOf = <T extends string>(allowed: readonly T[], text: string): text is T =>
  (allowed as readonly string[]).includes(text);
