import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { fromMs, type Instant, plusSeconds, toMs } from '../../../lib/contracts/instant.ts';
import { repositoryRoot } from '../../../twin/wiring/index.ts';
import { liveTwin } from '../../twin/live-twin.ts';
import { holdConnections } from '../held-connections.ts';
import {
  attemptsOf,
  awaitAlarm,
  awaitEndOfIncident,
  awaitIncident,
  closingsOf,
  endProblems,
  secondsSince,
  type Watching,
  watchingOf,
} from '../incident.ts';
import type { Act, Stage } from '../stage.ts';
import { connectionsAlarm } from './helpless-action-escalates.ts';

const enough = 50;
const reason = 'the tour shows a freeze';

export const freeze: Act = {
  name: 'freeze',
  title: 'An alarm fires within a freeze of the catalog: nothing acts, and people hear why',
  async run(stage) {
    const watching = watchingOf(stage);
    await awaitAlarm(watching, connectionsAlarm, 'ok');
    const since = watching.ports.clock.now();
    const ended = await frozen(stage, since, () => answered(watching, since));
    const attempts = await attemptsOf(watching, ended);
    const told = await closingsOf(watching, ended);
    await awaitAlarm(watching, connectionsAlarm, 'ok');
    return {
      problems: [
        ...endProblems(ended, 'denied', attempts, 0),
        ...(ended.reason?.includes(reason) ? [] : [`it does not say that there is a freeze: ${ended.reason}`]),
        ...(told === 1 ? [] : [`people were told ${told} times, not once`]),
      ],
      facts: {
        incident: ended.id,
        status: ended.status,
        reason: ended.reason,
        deniedAfterSeconds: secondsSince(ended.openedAt, ended.endedAt ?? ended.openedAt),
        told,
      },
    };
  },
};

const answered = async (watching: Watching, since: Instant) => {
  const { stage } = watching;
  await using _held = await holdConnections(stage.stateDir, enough);
  const { id } = await awaitIncident(watching, connectionsAlarm, since);
  return awaitEndOfIncident(watching, id);
};

/** The control plane reads its catalog once, so it starts anew for the freeze, and again for its end. */
const frozen = async <T>(stage: Stage, now: Instant, during: () => Promise<T>): Promise<T> => {
  const catalogFile = join(stage.stateDir, 'frozen.yml');
  const catalog = parse(await readFile(join(repositoryRoot, 'twin', 'catalog.yml'), 'utf8'));
  const freezes = [{ from: fromMs(toMs(now) - 1000), to: plusSeconds(now, 3600), reason }];
  await writeFile(catalogFile, stringify({ ...catalog, freezes }));
  await stage.twin.kill();
  await liveTwin(stage.stateDir, catalogFile).up((text) => stage.tell(text));
  try {
    return await during();
  } finally {
    await stage.twin.kill();
    await stage.twin.up((text) => stage.tell(text));
  }
};
