import * as v from 'valibot';
import { runDaemon } from '../control/daemon.ts';
import { operation } from '../control/operation.ts';
import { listen } from '../process/listen.ts';
import { openStore } from '../store/database.ts';
import { pagerEvents } from './events.ts';
import { pagerServer } from './server.ts';

/** PagerDuty's stand-in. It is started by whoever first calls somebody, and ends with the world. */
await runDaemon('pager', async (stateDir) => {
  const store = openStore(stateDir);
  const server = pagerServer(pagerEvents(store));
  const port = await listen(server);
  return {
    operations: { place: operation(v.strictObject({}), () => ({ port })) },
    async close() {
      server.close();
      server.closeAllConnections();
      store.close();
    },
  };
});
