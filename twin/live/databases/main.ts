import { existsSync } from 'node:fs';
import * as v from 'valibot';
import { tryLock } from '../process/lock.ts';
import { paths } from '../process/paths.ts';
import { openStore } from '../store/database.ts';
import { workOn } from './work-on.ts';
import { register } from './workers.ts';
import { kinds, storedWorks } from './works.ts';

/*
 * Makes or removes one snapshot, copy, export or drill's server, and ends. Usage: node main.ts --evenkeel=<kind>/<id>:<state folder>
 */
const [, kindText, id = '', stateDir = ''] = /^--evenkeel=(\w+)\/([^:]+):(.+)$/.exec(process.argv[2] ?? '') ?? [];
const kind = v.parse(v.picklist(kinds), kindText);

using lock = tryLock(paths.lock(stateDir, `${kind}-${id}`));
if (lock && !existsSync(paths.stopped(stateDir))) {
  await register(stateDir, kind, id, process.pid);
  const store = openStore(stateDir);
  await workOn(stateDir, storedWorks(store), kind, id).finally(() => store.close());
}
