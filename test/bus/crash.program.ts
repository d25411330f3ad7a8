/** Accepts an event and begins to deliver it, but never ends: for a test to kill. Arguments: the file of the bus, and `accepted` or `invoked`. */

import { openBus } from '../../twin/bus/index.ts';
import { realClock } from '../../twin/engine/index.ts';
import { anOrder, quietWiring } from './support.ts';

const bus = openBus({
  wiring: quietWiring,
  file: process.argv[2] ?? '',
  clock: realClock,
  invoke: () => {
    process.stdout.write('invoked\n');
    return new Promise(() => {});
  },
});
if (process.argv[3] === 'invoked') bus.start();
bus.publish([anOrder()]);
if (process.argv[3] === 'accepted') process.stdout.write('accepted\n');
setInterval(() => {}, 60_000);
