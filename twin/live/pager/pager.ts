import { pagerOver } from '../../../lib/adapters/pagerduty/pager-over.ts';
import type { Pager } from '../../../lib/ports/pager.ts';
import { askerOf } from '../control/client.ts';
import type { Operation } from '../control/operation.ts';
import { startDaemon } from '../world/daemons.ts';
import { addressOf } from '../world/world.ts';
import { enqueuePath } from './server.ts';

type PagerOperations = { readonly place: Operation<Record<string, never>, { port: number }> };

/** Opens nothing: the double takes any of this shape. */
const anyKey = 'evenkeeltwin00000000000000000000';

/** The adapter of AWS, at the double's address. */
export const livePager = (stateDir: string): Pager =>
  pagerOver({ url: () => placeOf(stateDir), keyOf: async () => anyKey });

const placeOf = async (stateDir: string): Promise<string> => {
  await startDaemon(stateDir, 'pager');
  const { port } = await askerOf<PagerOperations>(stateDir, 'pager')('place', {});
  return `${addressOf(port)}${enqueuePath}`;
};
