import type { CallFault, Deliveries, Interference, PortCall, PublishedEvent } from '../model/interference.ts';
import type { CallFaultKind, Fault, Schedule } from './schedule.ts';
import type { Story } from './story.ts';

type OnCall = Extract<Fault, { on: 'call' }>;
type OnEvent = Extract<Fault, { on: 'event' }>;

const once: Record<Exclude<CallFaultKind, 'refused-for-ever'>, CallFault> = {
  'refused-once': 'refuse',
  late: 'late',
  'dies-before': 'die-before',
  'dies-after': 'die-after',
};

/** Carries out the faults of a schedule, and what never works in its story. What is refused for ever is the whole port, from that call on. */
export class Scheduled implements Interference {
  /** Ports that have gone for good. */
  readonly gone = new Set<string>();
  /** Calls that arrived when nobody expected them any more, as `port.method`. */
  readonly late = new Set<string>();
  #over = false;
  readonly #never: NonNullable<Story['never']>;
  readonly #lost: string | undefined;
  readonly #calls: ReadonlyMap<number, OnCall>;
  readonly #events: ReadonlyMap<number, OnEvent>;

  constructor({ faults }: Schedule, { never = () => false, lost }: Pick<Story, 'never' | 'lost'> = {}) {
    this.#never = never;
    this.#lost = lost;
    this.#calls = new Map(faults.filter((fault) => fault.on === 'call').map((fault) => [fault.index, fault]));
    this.#events = new Map(faults.filter((fault) => fault.on === 'event').map((fault) => [fault.index, fault]));
  }

  /** From here on nothing goes wrong any more. */
  end(): void {
    this.#over = true;
  }

  call(call: PortCall): CallFault | undefined {
    const { index, port, method } = call;
    if (this.#over) return undefined;
    const kind = this.#calls.get(index)?.kind;
    if (kind === 'refused-for-ever') this.gone.add(port);
    if (this.gone.has(port) || this.#never(call)) return 'refuse';
    if (kind === 'late') this.late.add(`${port}.${method}`);
    return kind && kind !== 'refused-for-ever' ? once[kind] : undefined;
  }

  event({ index, type }: PublishedEvent): Deliveries {
    if (!this.#over && type === this.#lost) return [];
    const fault = this.#over ? undefined : this.#events.get(index);
    if (!fault) return [0];
    if (fault.kind === 'lost') return [];
    return fault.kind === 'twice' ? [0, fault.seconds] : [fault.seconds];
  }
}
