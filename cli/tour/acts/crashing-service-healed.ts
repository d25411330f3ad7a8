import { DependencyUnavailable } from '../../../lib/contracts/failures.ts';
import { fromMs, type Instant } from '../../../lib/contracts/instant.ts';
import { pause } from '../../operations/pause.ts';
import { countsBetween, startUsers, type Users } from '../../traffic/users.ts';
import { twinCatalogs } from '../../twin/catalog.ts';
import {
  attemptsOf,
  awaitEndOfIncident,
  awaitIncident,
  endProblems,
  runStatusOf,
  secondsSince,
  watchingOf,
} from '../incident.ts';
import { awaitEnd, startRelease } from '../release.ts';
import type { Act, Stage } from '../stage.ts';

const usersPerSecond = 40;
/** So many more until the pods have had enough. */
const crowdPerSecond = 300;
const requestsAfterwards = 100;
const betweenLooksMs = 50;
/** The promise, with alarms of 10-second periods: from the first failed request until the act. */
const mostSecondsToAct = 15;

/** Of another service than the releases of the tour, so that it need not wait for them. */
export const crashingServiceHealed: Act = {
  name: 'crashing-service-healed',
  title: 'Pods that leak fail their users; the alarm of real requests fires, the pods start anew, and it is over',
  ahead: true,
  async run(stage) {
    const { service, url } = await otherService(stage);
    const own = { ...stage, service, url };
    await using users = startUsers({ url, requestsPerSecond: () => usersPerSecond });
    const leaking = await awaitEnd(own, await startRelease(own, 'leaks'));
    const seen = await healed(own, users);
    const good = await awaitEnd(own, await startRelease(own, 'good-2'));
    const releases = [leaking, good].filter(({ status }) => status !== 'promoted');
    return {
      ...seen,
      problems: [...seen.problems, ...releases.map(({ name, reason }) => `${name} was not promoted: ${reason}`)],
    };
  },
};

const otherService = async ({ twin, service }: Stage) => {
  const { services } = await twinCatalogs.current();
  const other = services.find(({ name }) => name !== service)?.name;
  const address = other && (await twin.addresses())?.addresses[other];
  if (other && address) return { service: other, url: `${address}/` };
  throw new DependencyUnavailable('the catalog of the twin names no second service');
};

const healed = async (stage: Stage, users: Users) => {
  const watching = watchingOf(stage);
  const alarm = `${stage.service}-error-ratio`;
  const since = watching.ports.clock.now();
  const badAt = await wornOut(stage, users);
  const { id } = await awaitIncident(watching, alarm, since);
  const incident = await awaitEndOfIncident(watching, id);
  const [attempts, run, met] = [
    await attemptsOf(watching, incident),
    await runStatusOf(watching, incident),
    await requestsOf(stage, users),
  ];
  const [act] = attempts;
  const actedAfterSeconds = act ? secondsSince(badAt, act.at) : Number.POSITIVE_INFINITY;
  return {
    problems: [
      ...endProblems(incident, 'resolved', attempts, 1),
      ...(act?.help === 'helped' ? [] : [`the restart was judged ${act?.help}, not helped`]),
      ...(actedAfterSeconds <= mostSecondsToAct ? [] : [`it acted only after ${actedAfterSeconds} s`]),
      ...(run === 'SUCCEEDED' ? [] : [`the run is ${run}, not SUCCEEDED`]),
      ...(met.failed === 0 ? [] : [`${met.failed} of ${met.requests} requests failed afterwards`]),
    ],
    facts: {
      incident: id,
      status: incident.status,
      actedAfterSeconds,
      resolvedAfterSeconds: secondsSince(badAt, incident.endedAt ?? badAt),
      failed: users.counts().failed,
    },
  };
};

/** The moment of the first request that failed. */
const wornOut = async (stage: Stage, users: Users): Promise<Instant> => {
  const before = users.mishaps().length;
  await using crowd = startUsers({ url: stage.url, requestsPerSecond: () => crowdPerSecond });
  for (;;) {
    const bad = [...users.mishaps().slice(before), ...crowd.mishaps()].map(({ at }) => at);
    if (bad.length > 0) return fromMs(Math.min(...bad));
    await pause(betweenLooksMs, stage.signal);
  }
};

const requestsOf = async (stage: Stage, users: Users) => {
  const before = users.counts();
  while (users.counts().requests < before.requests + requestsAfterwards) await pause(betweenLooksMs, stage.signal);
  return countsBetween(before, users.counts());
};
