import { inParallel } from '../../../lib/adapters/http/in-parallel.ts';
import type { Side, SideAnswer } from '../../../lib/contracts/failover.ts';
import { assertSideWeights } from '../../../lib/domain/failover/weights.ts';
import type { Dns } from '../../../lib/ports/failover.ts';
import { type Ask, askerOf } from '../control/client.ts';
import type { Operation } from '../control/operation.ts';
import { send } from '../process/http.ts';
import type { RouterOperations } from '../router/operations.ts';
import { startDaemon } from '../world/daemons.ts';
import { type Name, nameOf, readZone, writeName } from './names.ts';

/** Enough to be quick, too few to be load. */
const atOnce = 8;
const timeoutMs = 5000;

type SecondOperations = { readonly door: Operation<Record<string, never>, { port: number }> };

/** Names as a file, in place of a name server: who resolves one draws a side by its weights. */
export const liveDns = (stateDir: string, router: Ask<RouterOperations>): Dns => ({
  weights: async (record) => nameOf(await readZone(stateDir), record).weights,
  async shift(record, weights, token) {
    assertSideWeights(weights);
    await writeName(stateDir, record, weights, token);
  },
  async request(record, requests, path) {
    const name = nameOf(await readZone(stateDir), record);
    return inParallel(atOnce, requests, () => ask(stateDir, router, name, path));
  },
});

const ask = async (
  stateDir: string,
  router: Ask<RouterOperations>,
  { service, weights }: Name,
  path: string,
): Promise<SideAnswer> => {
  const startedAt = performance.now();
  const side: Side = Math.random() * 100 < weights.second ? 'second' : 'primary';
  const port = side === 'second' ? secondPort(stateDir) : router('route', { service }).then((route) => route.port);
  const ok = await port
    .then((at) => send({ port: at, path, timeoutMs }))
    .then(({ status }) => status >= 200 && status < 300)
    .catch(() => false);
  return { ok, latencyMs: performance.now() - startedAt, side };
};

const secondPort = async (stateDir: string): Promise<number> => {
  await startDaemon(stateDir, 'second');
  return (await askerOf<SecondOperations>(stateDir, 'second')('door', {})).port;
};
