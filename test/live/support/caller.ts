import { startWorld } from '../../../twin/live/index.ts';

/* A process that starts a world and then hangs on, for a test to kill. Usage: node caller.ts <state folder> <service> */
const [, , folder = '', service = ''] = process.argv;
await startWorld(folder, { services: [service], database: false });
console.log('started');
setInterval(() => undefined, 1000);
