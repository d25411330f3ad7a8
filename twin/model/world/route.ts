import type { Slot } from '../../../lib/contracts/names.ts';
import type { Weights } from '../../../lib/contracts/routing.ts';

/** What was written to the load balancer, and what it does: a write takes effect a moment later. */
export interface Route {
  readonly written: Weights;
  readonly before: Weights;
  readonly appliesAtMs: number;
}

const propagationMs = 1500;

export const routeTo = (written: Weights): Route => ({ written, before: written, appliesAtMs: 0 });

export const effective = ({ written, before, appliesAtMs }: Route, atMs: number): Weights =>
  atMs >= appliesAtMs ? written : before;

/** The same weights again change nothing: what is under way arrives when it would have. */
export const rewritten = (route: Route, weights: Weights, nowMs: number): Route => {
  if (weights.blue === route.written.blue) return route;
  return { written: weights, before: effective(route, nowMs), appliesAtMs: nowMs + propagationMs };
};

/** Where one request goes, for a draw from 0 to 1. */
export const routed = (weights: Weights, draw: number): Slot => (draw * 100 < weights.blue ? 'blue' : 'green');
