import type { Witness } from '../../../lib/contracts/failover.ts';
import { ConfigInvalid, DependencyUnavailable } from '../../../lib/contracts/failures.ts';
import { slots } from '../../../lib/contracts/names.ts';
import type { Witnesses } from '../../../lib/ports/failover.ts';
import type { NodeOperations } from '../cluster/operations.ts';
import type { Ask } from '../control/client.ts';
import { runsProduction } from '../databases/production.ts';
import { send } from '../process/http.ts';
import type { RouterOperations } from '../router/operations.ts';
import { type Heartbeat, readZone } from './names.ts';

const timeoutMs = 3000;

type Around = { stateDir: string; router: Ask<RouterOperations>; node: Ask<NodeOperations> };
type Saw = Omit<Witness, 'name'>;
type Look = (around: Around, service: string) => Promise<Saw>;

const answers = (reason: string): Saw => ({ saw: 'answers', reason });
const lost = (reason: string): Saw => ({ saw: 'lost', reason });

/** As users come in. */
const throughTheDoor: Look = async ({ router }, service) => {
  const { port } = await router('route', { service });
  const { status } = await send({ port, path: '/', timeoutMs });
  return status < 500
    ? answers(`the door of ${service} says ${status}`)
    : lost(`the door of ${service} says ${status}`);
};

/** Whether anything could answer behind the door. */
const readyPods: Look = async ({ node }, service) => {
  const pods = await Promise.all(slots.map((slot) => node('ready', { service, slot })));
  const ready = pods.flat().length;
  return ready > 0 ? answers(`${ready} pods of ${service} are ready`) : lost(`no pod of ${service} is ready`);
};

/** The server itself; on one machine a process that is gone is a region that is gone. */
const theServer: Look = async ({ stateDir }) =>
  (await runsProduction(stateDir)) ? answers('the database server runs') : lost('the database server does not run');

const all: Readonly<Record<string, Look>> = {
  'health-check': throughTheDoor,
  'load-balancer': readyPods,
  addresses: theServer,
};

/** Three looks at the processes of the world. What does not answer is lost: there is no network between, that could hide it. */
export const liveWitnesses = (around: Around): Witnesses => ({
  async ask(database) {
    const { databases, heartbeats } = await readZone(around.stateDir);
    const subject = databases[database];
    const known = Object.keys(databases).join(', ') || 'none';
    if (!subject) throw new ConfigInvalid(`no witnesses for "${database}"; known: ${known}`, { database });
    const heard = await Promise.all(
      Object.entries(all).map(async ([name, look]) => ({ name, ...(await look(around, subject.service).catch(gone)) })),
    );
    const lastSign = heartbeats[database];
    return heard.map((each) => (each.name === 'load-balancer' && lastSign ? withSign(each, lastSign) : each));
  },
});

/** Only of one that is lost: whatever answers is its own sign of life. */
const withSign = (witness: Witness, { at, healthyTargets }: Heartbeat): Witness =>
  witness.saw === 'lost' && healthyTargets > 0 ? { ...witness, lastSignAt: at } : witness;

const gone = (error: NodeJS.ErrnoException): Saw => {
  const isSilent = error instanceof DependencyUnavailable || ['ECONNREFUSED', 'ECONNRESET'].includes(error.code ?? '');
  return isSilent ? lost(error.message) : { saw: 'unknown', reason: error.message };
};
