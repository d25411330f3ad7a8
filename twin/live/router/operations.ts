import * as v from 'valibot';
import { Instant, toMs } from '../../../lib/contracts/instant.ts';
import { ServiceName } from '../../../lib/contracts/names.ts';
import { assertWeights } from '../../../lib/domain/traffic/weights.ts';
import { operation } from '../control/operation.ts';
import { Publication, published, shifted, WeightsInput } from './route.ts';
import type { Router } from './router.ts';

const OfService = v.strictObject({ service: ServiceName });
const Shift = v.strictObject({ service: ServiceName, weights: WeightsInput, token: v.number() });

/** What the router can be asked on its control port. */
export const routerOperations = (router: Router) => ({
  serve: operation(OfService, ({ service }) => router.serve(service)),
  route: operation(OfService, ({ service }) => router.route(service)),
  routes: operation(v.strictObject({}), () => router.routes()),
  shift: operation(Shift, ({ service, weights, token }) => {
    assertWeights(weights);
    return router.change(service, (route) => shifted(service, route, weights, token));
  }),
  publish: operation(Publication, (publication) =>
    router.change(publication.service, (route) => published(route, publication)),
  ),
  inFlight: operation(v.strictObject({ port: v.number() }), ({ port }) => router.inFlight.at(port)),
  buckets: operation(v.strictObject({ service: ServiceName, from: Instant, to: Instant }), ({ service, from, to }) =>
    router.listener(service).tally.read(toMs(from), toMs(to)),
  ),
});
export type RouterOperations = ReturnType<typeof routerOperations>;
