import { interruptible } from './interruptible.ts';
import { realHost } from './real-host.ts';
import { tour } from './tour/command.ts';

process.exitCode = await tour(process.argv.slice(2), realHost(interruptible()));
