/** One call of a step to a port, numbered in the order in which calls were made. */
export interface PortCall {
  readonly index: number;
  readonly task: string;
  readonly port: string;
  readonly method: string;
}

/**
 * What befalls a call. `refuse`: the dependency says that it is unavailable, and nothing happens. `late`: the answer, and
 * the effect, come only after the function was ended. `die-before` and `die-after`: the process ends, before or after
 * the effect.
 */
export type CallFault = 'refuse' | 'late' | 'die-before' | 'die-after';

/** One event on its way to the functions that subscribed to it, numbered in the order of publication. */
export interface PublishedEvent {
  readonly index: number;
  readonly type: string;
  /** Whether something else does the same when it is lost: another remover, or the next tick of a schedule. */
  readonly spare?: boolean;
}

/** Seconds after its publication at which the event is delivered: one entry for each delivery, none when it is lost. */
export type Deliveries = readonly number[];

/** Decides what goes wrong. The default is: nothing. */
export interface Interference {
  call(call: PortCall): CallFault | undefined;
  event(event: PublishedEvent): Deliveries;
}

export const noInterference: Interference = { call: () => undefined, event: () => [0] };
