import type { Attempt, Incident } from '../../lib/contracts/incident.ts';
import { type Instant, secondsBetween } from '../../lib/contracts/instant.ts';
import type { Alarm } from '../../lib/contracts/signals.ts';
import { type LivePorts, openLivePorts } from '../../twin/live/index.ts';
import { pause } from '../operations/pause.ts';
import type { Stage } from './stage.ts';

const betweenLooksMs = 100;

/** What an act watches while an alarm is answered. */
export type Watching = { stage: Stage; ports: LivePorts };

export const watchingOf = (stage: Stage): Watching => ({ stage, ports: openLivePorts(stage.stateDir).ports });

const awaited = async <T>({ stage }: Watching, look: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(betweenLooksMs, stage.signal);
  }
};

export const awaitAlarm = (watching: Watching, name: string, state: Alarm['state']): Promise<Alarm> =>
  awaited(watching, async () => (await watching.ports.signals.alarms([name])).find((alarm) => alarm.state === state));

/** The first that answers this alarm since then. */
export const awaitIncident = (watching: Watching, alarm: string, since: Instant): Promise<Incident> =>
  awaited(watching, async () =>
    (await watching.ports.incidents.recent(since)).findLast((incident) => incident.alarm.name === alarm),
  );

export const awaitStatus = async (
  { stage, ports }: Watching,
  id: string,
  reached: (incident: Incident) => boolean,
): Promise<Incident> =>
  awaited({ stage, ports }, async () => {
    const incident = await ports.incidents.find(id);
    return incident && reached(incident) ? incident : undefined;
  });

export const awaitEndOfIncident = async (watching: Watching, id: string): Promise<Incident> => {
  const ended = await awaitStatus(watching, id, ({ endedAt }) => endedAt !== undefined);
  watching.stage.tell(`${ended.alarm.name} on ${ended.resource}: ${ended.status}, ${ended.reason}`);
  return ended;
};

export const attemptsOf = async ({ ports }: Watching, { id, openedAt }: Incident): Promise<Attempt[]> =>
  (await ports.incidents.attempts(openedAt)).filter(({ incident }) => incident === id);

export const awaitAttempt = (watching: Watching, incident: Incident): Promise<Attempt> =>
  awaited(watching, async () => (await attemptsOf(watching, incident))[0]);

/** Its run, once Step Functions has its end. */
export const runStatusOf = ({ stage, ports }: Watching, { id }: Incident): Promise<string> =>
  awaited({ stage, ports }, async () => {
    const run = await (await stage.plane()).runs.find(id, 'remediation');
    return run && run.status !== 'RUNNING' ? run.status : undefined;
  });

/** How many messages tell people of its end. */
export const closingsOf = async ({ ports }: Watching, { id }: Incident): Promise<number> =>
  (await ports.outbox.pending(1000)).filter((message) => message.id === `closing-${id}`).length;

export const secondsSince = (from: Instant, to: Instant): number => Math.round(secondsBetween(from, to) * 10) / 10;

/** What is wrong with how it ended, if anything. */
export const endProblems = (
  incident: Incident,
  status: Incident['status'],
  attempts: readonly Attempt[],
  acts: number,
) => [
  ...(incident.status === status
    ? []
    : [`${incident.id} ended as ${incident.status}, not ${status}: ${incident.reason}`]),
  ...(attempts.length === acts ? [] : [`${incident.id} acted ${attempts.length} times, not ${acts}`]),
];
