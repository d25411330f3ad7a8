import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Place } from './start-listeners.ts';

const run = promisify(execFile);
const atOnce = 8;

/**
 * What the probe does, as a shell does it: for each endpoint one s_client for each kind of key, with the whole chain and a request
 * for a staple, and one for each old version.
 */
const oneEndpoint = `for how in "-sigalgs ECDSA+SHA256" "-sigalgs RSA-PSS+SHA256" "-tls1" "-tls1_1"; do
  openssl s_client -connect 127.0.0.1:"$1" -servername "$0" -showcerts -status $how </dev/null >/dev/null 2>&1
done; true`;

/** Endpoints a second; undefined where there is no openssl. */
export const shellLoop = async (places: readonly Place[], signal: AbortSignal): Promise<number | undefined> => {
  const found = await run('openssl', ['version']).catch(() => undefined);
  if (!found) return undefined;
  const startedAt = performance.now();
  const loop = run('xargs', ['-P', String(atOnce), '-L', '1', 'sh', '-c', oneEndpoint], { signal });
  loop.child.stdin?.end(places.map(({ host, port }) => `${host} ${port}\n`).join(''));
  await loop;
  return places.length / ((performance.now() - startedAt) / 1000);
};
