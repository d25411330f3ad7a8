import * as v from 'valibot';
import { WeightsInvalid, WriteConflict } from '../../contracts/failures.ts';
import { leaseOf } from '../../contracts/lease.ts';
import type { ServiceName } from '../../contracts/names.ts';
import type { Weights } from '../../contracts/routing.ts';
import type { Traffic } from '../../ports/traffic.ts';
import { adapter } from '../../runtime/adapter.ts';
import { writeFenced } from '../dynamodb/fenced.ts';
import { readRecord } from '../dynamodb/read-record.ts';
import { type Item, type Table, tableNamed, tableSetting } from '../dynamodb/table.ts';
import { type Route, readWeights, routeOf, routesSetting, writeWeights } from './route.ts';

/** Each round means that another writer came in between; more than this in one call is a fault. */
const maxRounds = 5;

const percent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100));
const Register = v.object({ revision: v.number(), weights: v.object({ blue: percent, green: percent }) });
type Register = v.InferOutput<typeof Register>;

const registerKey = (service: ServiceName) => ({ pk: `traffic#${service}`, sk: 'register' });

/**
 * A listener rule cannot be written conditionally, so the condition is on a register beside it: who may write is
 * decided there, and after each write to the rule the register is read again, so that the newest wish is the last one
 * written whatever the order in which two writers reach the load balancer (docs/adr/0003-traffic-fencing.md).
 */
const trafficOver = (table: Table, routes: Record<string, Route>): Traffic => ({
  weights: async (service) => readWeights(routeOf(routes, service)),
  async shift(service, weights, token) {
    assertWeights(weights);
    const route = routeOf(routes, service);
    const written = await writeFenced(table, registerKey(service), leaseOf(service), { weights }, token);
    await converge(table, service, route, readRegister(written));
  },
});

const readRegister = (item: Item): Register => readRecord(Register, item);

const converge = async (table: Table, service: ServiceName, route: Route, wished: Register): Promise<void> => {
  let applied = wished;
  for (let round = 0; round < maxRounds; round += 1) {
    await writeWeights(route, applied.weights);
    const item = await table.get(registerKey(service));
    const newest = item ? readRegister(item) : applied;
    if (newest.revision === applied.revision) return;
    applied = newest;
  }
  throw new WriteConflict(`traffic of ${service}: other writers came in between ${maxRounds} times`, { service });
};

const assertWeights = (weights: Weights): void => {
  const parsed = v.safeParse(v.strictObject({ blue: percent, green: percent }), weights);
  if (parsed.success && weights.blue + weights.green === 100) return;
  const came = JSON.stringify(weights);
  throw new WeightsInvalid(`weights: expected whole percentages of blue and green that sum to 100, got ${came}`, {
    weights,
  });
};

export const albTraffic = adapter({ ...tableSetting, ...routesSetting }, ({ CONTROL_TABLE, TRAFFIC_RULES }) =>
  trafficOver(tableNamed(CONTROL_TABLE), TRAFFIC_RULES),
);
