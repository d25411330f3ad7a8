import { setTimeout as pause } from 'node:timers/promises';
import { runDaemon } from '../control/daemon.ts';
import { nodeOperations } from './operations.ts';
import { openPark, type Park } from './park.ts';
import { reconcile } from './reconcile.ts';

const betweenLooksMs = 50;

/** For ever. Trouble is told once, when it begins and when it changes, and never ends the loop. */
const keepReconciling = async (park: Park): Promise<never> => {
  let told = '';
  for (;;) {
    const trouble = await reconcile(park, Date.now()).then(
      () => '',
      (error: Error) => error.message,
    );
    if (trouble !== told) console.error(trouble || 'back to normal');
    told = trouble;
    await pause(betweenLooksMs);
  }
};

await runDaemon('node', async (stateDir) => {
  const park = await openPark(stateDir);
  await reconcile(park, Date.now()).catch(() => undefined);
  void keepReconciling(park);
  return { operations: nodeOperations(park), close: async () => undefined };
});
