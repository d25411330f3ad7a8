import { runDaemon } from '../control/daemon.ts';
import { routerOperations } from './operations.ts';
import { openRouter } from './router.ts';

await runDaemon('router', async (stateDir) => routerOperations(await openRouter(stateDir)));
