import { existsSync, rmSync } from 'node:fs';
import * as v from 'valibot';
import { pullImage } from '../images/registry.ts';
import { writeDurably } from '../process/durable-file.ts';
import { listen } from '../process/listen.ts';
import { paths } from '../process/paths.ts';
import { itemsReader } from './items.ts';
import { PodSpec } from './pod-spec.ts';
import { serveProgram } from './program.ts';

const [, , , , stateDir = '', specText] = process.argv;
const spec = v.parse(v.pipe(v.string(), v.parseJson(), PodSpec), specText);
const { behaviour } = await pullImage(stateDir, spec.service, spec.digest);
const crash = () => process.exit(1);
if (behaviour.crashesAfterMs === 0) crash();
if (behaviour.crashesAfterMs !== undefined) setTimeout(crash, behaviour.crashesAfterMs);

const server = serveProgram({ spec, behaviour, items: itemsReader(stateDir), crash });
const port = await listen(server);
await writeDurably(paths.pod(stateDir, spec.pod), { ...spec, pid: process.pid, port });
if (existsSync(paths.stopped(stateDir))) {
  rmSync(paths.pod(stateDir, spec.pod), { force: true });
  process.exit(0);
}

/** Drained: what was accepted is still answered, then the pod is gone and says so by taking its record along. */
process.on('SIGTERM', () => {
  if (!server.listening) return;
  server.close(() => {
    rmSync(paths.pod(stateDir, spec.pod), { force: true });
    process.exit(0);
  });
  server.closeIdleConnections();
});
