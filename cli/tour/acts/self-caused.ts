import { resourceKeyOf } from '../../../lib/contracts/alarm.ts';
import { closeBreaker } from '../../operations/answer.ts';
import { pause } from '../../operations/pause.ts';
import { startUsers } from '../../traffic/users.ts';
import { holdConnections } from '../held-connections.ts';
import {
  attemptsOf,
  awaitAlarm,
  awaitAttempt,
  awaitEndOfIncident,
  awaitIncident,
  endProblems,
  type Watching,
  watchingOf,
} from '../incident.ts';
import type { Act } from '../stage.ts';
import { connectionsAlarm } from './helpless-action-escalates.ts';

const all = 1000;
const readersPerSecond = 40;
const betweenLooksMs = 100;

export const selfCaused: Act = {
  name: 'self-caused',
  title: 'An alarm of a service that our own run is acting on starts nothing: it is linked, and the breaker opens',
  async run(stage) {
    const watching = watchingOf(stage);
    const [service, errors] = [resourceKeyOf({ kind: 'service', id: stage.service }), `${stage.service}-error-ratio`];
    await Promise.all([awaitAlarm(watching, connectionsAlarm, 'ok'), awaitAlarm(watching, errors, 'ok')]);
    const { own, linked } = await twoAlarms(watching, errors);
    const opened = await watching.ports.incidents.breaker(service);
    const plane = await stage.plane();
    await closeBreaker(plane, { resource: service, requestedBy: 'tour', reason: 'the connections were given back' });
    while (await watching.ports.incidents.breaker(service)) await pause(betweenLooksMs, stage.signal);
    const ended = await awaitEndOfIncident(watching, own);
    await awaitAlarm(watching, errors, 'ok');
    return {
      problems: [
        ...endProblems(linked, 'linked', await attemptsOf(watching, linked), 0),
        ...(linked.reason?.includes(own) ? [] : [`${linked.id} does not name ${own}: ${linked.reason}`]),
        ...(opened ? [] : [`the breaker of ${service} did not open`]),
        ...endProblems(ended, 'resolved', await attemptsOf(watching, ended), 1),
      ],
      facts: { incident: linked.id, status: linked.status, cause: own, breaker: opened?.openedAt, closed: true },
    };
  },
};

/** All connections are gone: one run acts on the service, and then its readers fail under that run's eyes. */
const twoAlarms = async (watching: Watching, errors: string) => {
  const { stage, ports } = watching;
  const since = ports.clock.now();
  await using held = await holdConnections(stage.stateDir, all);
  stage.tell(`${held.sessions} sessions hold all connections`);
  const own = await awaitIncident(watching, connectionsAlarm, since);
  await awaitAttempt(watching, own);
  await using _readers = startUsers({ url: `${stage.url}items`, requestsPerSecond: () => readersPerSecond });
  const second = await awaitIncident(watching, errors, since);
  return { own: own.id, linked: await awaitEndOfIncident(watching, second.id) };
};
