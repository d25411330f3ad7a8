import { runDaemon } from '../control/daemon.ts';
import { tlsOperations } from './operations.ts';
import { openTlsWorld } from './world.ts';

/** Who issues certificates, everything that serves them, and the log that hears of each. */
await runDaemon('tls', async (stateDir) => {
  const world = await openTlsWorld(stateDir);
  return { operations: tlsOperations(world), close: world.close };
});
