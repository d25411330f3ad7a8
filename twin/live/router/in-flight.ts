/** Requests on their way, by pod port: a pod is ended only when it has none. */
export interface InFlight {
  enter(port: number): void;
  leave(port: number): void;
  at(port: number): number;
}

export const createInFlight = (): InFlight => {
  const counts = new Map<number, number>();
  const at = (port: number) => counts.get(port) ?? 0;
  return {
    enter: (port) => void counts.set(port, at(port) + 1),
    leave: (port) => void (at(port) <= 1 ? counts.delete(port) : counts.set(port, at(port) - 1)),
    at,
  };
};
