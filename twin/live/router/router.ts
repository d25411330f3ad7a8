import { ServiceUnknown } from '../../../lib/contracts/failures.ts';
import type { ServiceName } from '../../../lib/contracts/names.ts';
import { type DurableValue, openDurable } from '../process/durable-value.ts';
import { paths } from '../process/paths.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import { type Listener, openListener } from './listener.ts';
import { newRoute, type Route, Routes } from './route.ts';

/** All listeners of a world and where they send what comes in. */
export interface Router {
  readonly inFlight: InFlight;
  routes(): Routes;
  route(service: ServiceName): Route;
  listener(service: ServiceName): Listener;
  /** Opens the service's listener; a known one is left as it is. */
  serve(service: ServiceName): Promise<Route>;
  /** On disk before it is true. */
  change(service: ServiceName, to: (route: Route) => Route): Promise<void>;
  /** Keeps what was counted so far; users get no more answers. */
  close(): Promise<void>;
}

/** Comes back with the ports, weights and endpoints it had. */
export const openRouter = async (stateDir: string): Promise<Router> => {
  const state = await openDurable(paths.routes(stateDir), Routes, {});
  const listeners = new Map<ServiceName, Listener>();
  const inFlight = createInFlight();
  const route = (service: ServiceName) => known(state.current, service);
  const open = openOnce(async (service) => {
    const port = state.current[service]?.port;
    const place = port === undefined ? {} : { port };
    const listener = await openListener({ stateDir, service, inFlight, route: () => route(service), ...place });
    await recordPort(state, service, listener.port);
    listeners.set(service, listener);
  });

  await Promise.all(Object.keys(state.current).map(open));
  return {
    inFlight,
    route,
    routes: () => state.current,
    listener: (service) => known(Object.fromEntries(listeners), service),
    serve: (service) => open(service).then(() => route(service)),
    change: (service, to) => state.change((routes) => ({ ...routes, [service]: to(known(routes, service)) })),
    async close() {
      await Promise.all([...listeners.values()].map((listener) => listener.close()));
    },
  };
};

const known = <T>(services: Readonly<Record<ServiceName, T>>, service: ServiceName): T => {
  const found = Object.hasOwn(services, service) ? services[service] : undefined;
  if (!found) throw new ServiceUnknown(service, Object.keys(services));
  return found;
};

/** Two callers at once must not open two doors for one service; one that could not be opened may be tried again. */
const openOnce = (open: (service: ServiceName) => Promise<void>): typeof open => {
  const opening = new Map<ServiceName, Promise<void>>();
  return (service) => {
    const attempt = opening.get(service) ?? open(service);
    opening.set(service, attempt);
    attempt.catch(() => opening.delete(service));
    return attempt;
  };
};

const recordPort = (state: DurableValue<Routes>, service: ServiceName, port: number): Promise<void> =>
  state.change((routes) => {
    const route = routes[service];
    return route?.port === port ? routes : { ...routes, [service]: { ...(route ?? newRoute(port)), port } };
  });
