import * as v from 'valibot';
import { LeaseLost } from '../../../lib/contracts/failures.ts';
import { leaseOf } from '../../../lib/contracts/lease.ts';
import { ServiceName, Slot } from '../../../lib/contracts/names.ts';
import type { Weights } from '../../../lib/contracts/routing.ts';

const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const percent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100));

/** One ready pod that a slot's requests may go to. */
export const Endpoint = v.strictObject({ pod: v.string(), port });
export type Endpoint = v.InferOutput<typeof Endpoint>;

export const WeightsInput = v.strictObject({ blue: v.number(), green: v.number() });

/** How one service's requests are spread. `token` is the newest fencing token that moved its weights. */
export const Route = v.strictObject({
  port,
  token: v.number(),
  weights: v.strictObject({ blue: percent, green: percent }),
  endpoints: v.strictObject({ blue: v.array(Endpoint), green: v.array(Endpoint) }),
});
export type Route = v.InferOutput<typeof Route>;

export const Routes = v.record(ServiceName, Route);
export type Routes = v.InferOutput<typeof Routes>;

export const Publication = v.strictObject({ service: ServiceName, slot: Slot, endpoints: v.array(Endpoint) });
export type Publication = v.InferOutput<typeof Publication>;

export const newRoute = (onPort: number): Route => ({
  port: onPort,
  token: 0,
  weights: { blue: 100, green: 0 },
  endpoints: { blue: [], green: [] },
});

/** Errors: `LeaseLost` for a token older than the newest seen. */
export const shifted = (service: ServiceName, route: Route, weights: Weights, token: number): Route => {
  if (token < route.token) throw new LeaseLost(leaseOf(service), token, route.token);
  return { ...route, weights: { ...weights }, token };
};

export const published = (route: Route, { slot, endpoints }: Publication): Route => ({
  ...route,
  endpoints: { ...route.endpoints, [slot]: endpoints },
});
