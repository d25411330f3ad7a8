import * as v from 'valibot';
import { inParallel } from '../../../lib/adapters/http/in-parallel.ts';
import { Digest, Slot } from '../../../lib/contracts/names.ts';
import type { Answer } from '../../../lib/contracts/routing.ts';
import type { Probe } from '../../../lib/ports/probe.ts';
import type { NodeOperations } from '../cluster/operations.ts';
import type { Ask } from '../control/client.ts';
import { type Incoming, send } from '../process/http.ts';
import type { RouterOperations } from '../router/operations.ts';

/** Enough to be quick, too few to be load. */
const atOnce = 8;
const timeoutMs = 5000;

export const liveProbe = (router: Ask<RouterOperations>, node: Ask<NodeOperations>): Probe => ({
  async public(service, requests, path) {
    const { port } = await router('route', { service });
    return inParallel(atOnce, requests, () => askPort(port, path));
  },
  async slot(service, slot, requests, path) {
    const pods = await node('ready', { service, slot });
    let turn = 0;
    return inParallel(atOnce, requests, () => askPort(pods[turn++ % pods.length]?.port, path));
  },
});

const lost = { ok: false };

/** A slot without a ready pod answers nothing. */
const askPort = async (port: number | undefined, path: string): Promise<Answer> => {
  const startedAt = performance.now();
  const answer = port === undefined ? lost : await send({ port, path, timeoutMs }).then(readAnswer, () => lost);
  return { ...answer, latencyMs: performance.now() - startedAt };
};

const readAnswer = ({ status, headers }: Incoming): Omit<Answer, 'latencyMs'> => {
  const slot = v.safeParse(Slot, headers['x-evenkeel-slot']);
  const digest = v.safeParse(Digest, headers['x-evenkeel-digest']);
  return {
    ok: status >= 200 && status < 300,
    ...(slot.success && { slot: slot.output }),
    ...(digest.success && { digest: digest.output }),
  };
};
