import { runDaemon } from '../control/daemon.ts';
import { routerOperations } from './operations.ts';
import { openRouter } from './router.ts';

await runDaemon('router', async (stateDir) => {
  const router = await openRouter(stateDir);
  return { operations: routerOperations(router), close: router.close };
});
