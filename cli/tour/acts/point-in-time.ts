import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Instant } from '../../../lib/contracts/instant.ts';
import { databaseAddress } from '../../../twin/live/index.ts';
import type { Subject } from '../../input/run-name.ts';
import { pause } from '../../operations/pause.ts';
import { leftProblems, measuredFacts, outcomeProblems, planOf, startDrill, takeBackup, worldOf } from '../drill.ts';
import { awaitEndOf, awaitFactOf } from '../followed.ts';
import type { Act, Stage } from '../stage.ts';

const apartMs = 200;
const betweenLooksMs = 25;
const mostDrills = 3;

export const pointInTime: Act = {
  name: 'point-in-time',
  title: 'The database comes back as it was at one moment a few seconds ago, to the row',
  async run(stage) {
    const { at, before } = await momentBetweenRows(stage);
    // Later than the moment, so that its rows are counted between two manifests.
    await takeBackup(stage);
    const { subject, outcome, found } = await countedDrill(stage, at);
    const { instance } = await planOf(stage, subject);
    return {
      problems: [
        ...outcomeProblems(outcome),
        ...(found === before ? [] : [`the copy held ${found} rows, and at ${at} there were ${before}`]),
        ...(await leftProblems(stage, instance)),
      ],
      facts: { at, rows: found, ...(await measuredFacts(stage, subject, outcome)) },
    };
  },
};

/** On a busy machine a copy may be gone before anybody could count: then the same moment is drilled again. */
const countedDrill = async (stage: Stage, at: Instant) => {
  for (let drill = 1; ; drill += 1) {
    const subject = await startDrill(stage, { kind: 'point-in-time', at });
    const [outcome, found] = await Promise.all([awaitEndOf(stage, subject), idsInCopy(stage, subject)]);
    if (found !== undefined || drill === mostDrills) return { subject, outcome, found };
  }
};

/** Adds a row before the moment and one after it. */
const momentBetweenRows = async (stage: Stage): Promise<{ at: Instant; before: number }> => {
  const client = new pg.Client(await databaseAddress(stage.stateDir));
  await client.connect();
  try {
    await addRow(client);
    await pause(apartMs, stage.signal);
    const { rows } = await client.query('SELECT clock_timestamp() AS at, (SELECT count(*) FROM items)::int AS before');
    await pause(apartMs, stage.signal);
    await addRow(client);
    return { at: (rows[0].at as Date).toISOString(), before: rows[0].before };
  } finally {
    await client.end();
  }
};

const addRow = (client: pg.Client) =>
  client.query('INSERT INTO items (id, name) SELECT max(id) + 1, $1 FROM items', [`tour ${randomUUID()}`]);

/** Counted in the copy itself while it is there; undefined when it was gone too soon. */
const idsInCopy = async (stage: Stage, subject: Subject): Promise<number | undefined> => {
  await awaitFactOf(stage, subject, 'removers-armed');
  const { instance } = await planOf(stage, subject);
  const { databases, contents } = worldOf(stage);
  for (;;) {
    const copy = await databases.find(instance);
    if (copy?.status === 'available') return (await contents.table(instance, 'public.items')).rows;
    if (copy?.status === 'failed' || copy?.status === 'removing') return undefined;
    await pause(betweenLooksMs, stage.signal);
  }
};
