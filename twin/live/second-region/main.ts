import * as v from 'valibot';
import { runDaemon } from '../control/daemon.ts';
import { operation } from '../control/operation.ts';
import { liveLogins } from '../databases/login.ts';
import { storedWorks } from '../databases/works.ts';
import { listen } from '../process/listen.ts';
import { openStore } from '../store/database.ts';
import { secondDoor } from './door.ts';

/** The front of the second region. It is started by whoever first needs it, and ends with the world. */
await runDaemon('second', async (stateDir) => {
  const store = openStore(stateDir);
  const server = secondDoor(liveLogins(stateDir, storedWorks(store)));
  const port = await listen(server);
  return {
    operations: { door: operation(v.strictObject({}), () => ({ port })) },
    async close() {
      server.close();
      server.closeAllConnections();
      store.close();
    },
  };
});
