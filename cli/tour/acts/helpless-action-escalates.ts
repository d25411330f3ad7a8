import { holdConnections } from '../held-connections.ts';
import {
  attemptsOf,
  awaitAlarm,
  awaitEndOfIncident,
  awaitIncident,
  closingsOf,
  endProblems,
  runStatusOf,
  secondsSince,
  watchingOf,
} from '../incident.ts';
import type { Act, Stage } from '../stage.ts';

export const connectionsAlarm = 'twin-database-connections';
/** Above four fifths of the 60 that PostgreSQL gives, and a few are left for others. */
const enough = 50;

export const helplessActionEscalates: Act = {
  name: 'helpless-action-escalates',
  title: 'Connections to PostgreSQL run out; the playbook starts pods anew, which does not help, and people are called',
  async run(stage) {
    const watching = watchingOf(stage);
    await awaitAlarm(watching, connectionsAlarm, 'ok');
    const since = watching.ports.clock.now();
    const { ended, sessions } = await heldUntilTheEnd(stage, since);
    const [attempts, run, told] = [
      await attemptsOf(watching, ended),
      await runStatusOf(watching, ended),
      await closingsOf(watching, ended),
    ];
    const [first] = attempts;
    await awaitAlarm(watching, connectionsAlarm, 'ok');
    return {
      problems: [
        ...endProblems(ended, 'escalated', attempts, 1),
        ...(first?.help === 'neutral' ? [] : [`the restart was judged ${first?.help}, not neutral`]),
        ...(run === 'FAILED' ? [] : [`the run is ${run}, not FAILED: no alarm wakes anybody`]),
        ...(told === 1 ? [] : [`people were told ${told} times, not once`]),
      ],
      facts: {
        incident: ended.id,
        status: ended.status,
        sessions,
        actedAfterSeconds: first && secondsSince(since, first.at),
        escalatedAfterSeconds: secondsSince(since, ended.endedAt ?? since),
        told,
      },
    };
  },
};

const heldUntilTheEnd = async (stage: Stage, since: string) => {
  const watching = watchingOf(stage);
  await using held = await holdConnections(stage.stateDir, enough);
  stage.tell(`${held.sessions} sessions hold connections and do nothing`);
  const { id } = await awaitIncident(watching, connectionsAlarm, since);
  return { ended: await awaitEndOfIncident(watching, id), sessions: held.sessions };
};
