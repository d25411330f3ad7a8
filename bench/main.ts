import { interruptible } from '../cli/interruptible.ts';
import { realHost } from '../cli/real-host.ts';
import { bench } from './command.ts';

process.exitCode = await bench(process.argv.slice(2), realHost(interruptible()));
