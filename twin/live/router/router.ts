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
  const state: DurableValue<Routes> = await openDurable(paths.routes(stateDir), Routes, {});
  const listeners = new Map<ServiceName, Promise<Listener>>();
  const opened = new Map<ServiceName, Listener>();
  const inFlight = createInFlight();

  const route = (service: ServiceName): Route => {
    const found = state.current[service];
    if (!found) throw new ServiceUnknown(service, Object.keys(state.current));
    return found;
  };
  const change: Router['change'] = (service, to) =>
    state.change((routes) => ({ ...routes, [service]: to(route(service)) }));

  const open = async (service: ServiceName): Promise<Listener> => {
    const port = state.current[service]?.port;
    const listener = await openListener({
      stateDir,
      service,
      inFlight,
      route: () => route(service),
      ...(port === undefined ? {} : { port }),
    });
    await state.change((routes) => ({
      ...routes,
      [service]: { ...(routes[service] ?? newRoute(listener.port)), port: listener.port },
    }));
    opened.set(service, listener);
    return listener;
  };
  const serve = async (service: ServiceName): Promise<Route> => {
    const opening = listeners.get(service) ?? open(service);
    listeners.set(service, opening);
    await opening;
    return route(service);
  };
  const listener = (service: ServiceName): Listener => {
    const found = opened.get(service);
    if (!found) throw new ServiceUnknown(service, [...opened.keys()]);
    return found;
  };

  await Promise.all(Object.keys(state.current).map(serve));
  const close = async () => {
    await Promise.all([...opened.values()].map((each) => each.close()));
  };
  return { inFlight, routes: () => state.current, route, listener, serve, change, close };
};
