import { parseArgs } from 'node:util';
import { toWire } from '../live/control/wire.ts';
import { startTwin } from './start-twin.ts';

/**
 * The control plane of the live twin as a process: `node twin/server/main.ts --state DIR [--catalog FILE]`. SIGINT and
 * SIGTERM end it in order; the world lives on.
 */
const main = async (): Promise<void> => {
  const { state, catalog } = parseArgs({
    options: { state: { type: 'string' }, catalog: { type: 'string' } },
  }).values;
  if (!state) throw new Error('--state: expected the folder of the twin, got nothing');
  const onProgress = process.stdout.isTTY ? (text: string) => console.log(text) : () => {};
  let close = async (): Promise<void> => {};
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => close().finally(() => process.exit(0)));
  }
  ({ close } = await startTwin({ stateDir: state, catalogFile: catalog, onProgress }));
};

main().catch((error: Error) => {
  console.error(JSON.stringify({ level: 'fatal', ...toWire(error), stack: error.stack }));
  process.exit(1);
});
