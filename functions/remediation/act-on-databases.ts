import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { elastiCaches } from '../../lib/adapters/elasticache/caches.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { postgresSessions } from '../../lib/adapters/postgres/sessions.ts';
import { rdsOperations } from '../../lib/adapters/rds/operations.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ActionImpossible } from '../../lib/contracts/failures.ts';
import { Attempt } from '../../lib/contracts/incident.ts';
import { Acted, remedyInput } from '../../lib/contracts/remedy.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { type Act, actUnderLease } from '../../lib/runtime/act-under-lease.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

type ActNeeds = Needs<'caches' | 'databaseOperations' | 'sessions' | 'catalogs' | 'leases' | 'ledger' | 'clock'>;

/** Acts on a database server, on who is connected to it, or on a cache. None of these has an undo. */
export const actOnDatabases = step({
  name: 'ActOnDatabases',
  input: v.object({ ...remedyInput, attempt: Attempt }),
  output: Acted,
  run: (ports: ActNeeds, input, call) => actUnderLease(ports, actOn(ports), input, call),
});

/** The attempt's own moment and id are what is asked for: tried again, it is the same restart, and the same growth. */
const actOn =
  ({ caches, databaseOperations, sessions }: ActNeeds): Act =>
  async ({ act, at, id: stamp }, { token }) => {
    if (act.kind === 'fail-over-cache') {
      const cache = named(act.cache, act.kind, 'cache');
      await caches.failOver(cache, at, token);
      return { did: `failed the cache ${cache} over to a replica` };
    }
    if (!('instance' in act)) throw new ActionImpossible(`${act.kind} is no act on databases`, { act });
    const instance = named(act.instance, act.kind, 'database');
    switch (act.kind) {
      case 'reboot-database':
        await databaseOperations.restart(instance, 'in-place', at, token);
        return { did: `restarted ${instance}` };
      case 'fail-over-database':
        await databaseOperations.restart(instance, 'to-standby', at, token);
        return { did: `failed ${instance} over to its standby` };
      case 'promote-replica':
        await databaseOperations.promote(instance, token);
        return { did: `made ${instance} a server of its own` };
      case 'extend-storage': {
        const { fromGib, toGib } = await databaseOperations.extendStorage(instance, { ...act, stamp }, token);
        return { did: `extended the disk of ${instance} from ${fromGib} to ${toGib} GiB` };
      }
      case 'end-blocking-sessions': {
        const ended = await sessions.endBlocking(instance, act.waitedSeconds);
        return {
          did: `ended ${ended} sessions of ${instance} that others had waited for longer than ${act.waitedSeconds} s`,
        };
      }
    }
  };

const named = (target: string | undefined, kind: string, what: string): string => {
  if (target === undefined) throw new ActionImpossible(`${kind}: the alarm is about no ${what}`, { kind });
  return target;
};

export const handler = lambda(actOnDatabases, {
  caches: elastiCaches,
  databaseOperations: rdsOperations,
  sessions: postgresSessions,
  catalogs: bundledCatalogs,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  clock: systemClock,
});
