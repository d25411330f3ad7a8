import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { listen } from './listen.ts';

/** Below those that systems hand out (Linux: from 32768), so that no other program gets it before its server begins. */
const outOfTheWay = () => randomInt(20_000, 32_000);

/** For a server that cannot choose a port itself: one that is free now, the preferred one if it is. */
export const freePort = async (preferred = outOfTheWay()): Promise<number> => {
  const holder = createServer();
  const port = await listen(holder, preferred);
  await new Promise((resolve) => holder.close(resolve));
  return port;
};
