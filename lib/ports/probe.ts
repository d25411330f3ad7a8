import type { ServiceName, Slot } from '../contracts/names.ts';
import type { Answer } from '../contracts/routing.ts';

/** Sends bounded, harmless requests. Traffic is where requests say it is. A lost answer is an answer with `ok: false`. */
export interface Probe {
  /** Through the public listener, as users come in. */
  public(service: ServiceName, requests: number, path: string): Promise<Answer[]>;
  /** Straight to one slot, before it has traffic. */
  slot(service: ServiceName, slot: Slot, requests: number, path: string): Promise<Answer[]>;
}
