import { randomBytes } from 'node:crypto';
import { findDatabase } from '../../../lib/catalog/find-database.ts';
import { drillInstanceOf } from '../../../lib/contracts/drill.ts';
import { FailoverUnplanned } from '../../../lib/contracts/failures.ts';
import { copyIdOf } from '../../../lib/domain/failover/copy-of.ts';
import { newRequestId } from '../../input/request-id.ts';
import { failoverOutcome, requestFailover } from '../../operations/failover.ts';
import { pause } from '../../operations/pause.ts';
import { awaitSentinel, leftProblems, takeBackup, worldOf } from '../drill.ts';
import { awaitEndOf } from '../followed.ts';
import type { Act, Stage } from '../stage.ts';

const betweenLooksMs = 200;
const allPrimary = JSON.stringify({ primary: 100, second: 0 });

/** Rehearses the failover of the real PostgreSQL, and looks at production before and after. */
export const failoverDrill: Act = {
  name: 'failover-drill',
  title: 'The failover to the second region is rehearsed on a copy, measured, and production is as it was',
  async run(stage) {
    const second = await secondRegionOf(stage);
    await awaitSentinel(stage);
    await awaitReplica(stage, second.replica);
    await takeBackup(stage);
    const before = await productionNow(stage, second);
    const plane = await stage.plane();
    const requestId = newRequestId(plane.ports.clock.now(), randomBytes(3).toString('hex'));
    const wish = { mode: 'drill', reason: 'the tour', requestedBy: 'tour', requestId } as const;
    const { name } = await requestFailover(plane, { database: stage.database.name, ...wish });
    const subject = { service: stage.database.name, of: 'database', name, machine: 'failover' } as const;
    const ended = await awaitEndOf(stage, subject);
    const outcome = await failoverOutcome(await stage.plane(), stage.database.name, name);
    const { rpoSeconds, rtoSeconds, absent } = outcome ?? {};
    const problems = [
      ...(ended.status === 'drilled' ? [] : [`the drill ended as ${ended.status}: ${ended.reason}`]),
      ...(typeof rtoSeconds === 'number' ? [] : ['RTO was not measured']),
      ...(typeof rpoSeconds === 'number' ? [] : ['RPO was not measured']),
      ...(await productionProblems(stage, second, before)),
      ...(await leftProblems(stage, drillInstanceOf(copyIdOf(stage.database.name, name)))),
    ];
    return { problems, facts: { run: name, status: ended.status, rpoSeconds, rtoSeconds, absent } };
  },
};

type Second = Awaited<ReturnType<typeof secondRegionOf>>;

const secondRegionOf = async (stage: Stage) => {
  const catalog = await (await stage.plane()).ports.catalogs.current();
  const { failover } = findDatabase(catalog, stage.database.name);
  if (failover) return failover;
  throw new FailoverUnplanned(`database: "${stage.database.name}" has no second region`, { ...stage.database });
};

/** It comes by itself, some time after the twin. */
const awaitReplica = async (stage: Stage, replica: string): Promise<void> => {
  const { databases, contents } = worldOf(stage);
  const follows = async () => (await databases.find(replica))?.status === 'available';
  while (!(await follows()) || (await contents.sentinels(replica)).count === 0)
    await pause(betweenLooksMs, stage.signal);
};

/** What a drill must not change, as text. */
const productionNow = async (stage: Stage, { replica, records }: Second): Promise<string[]> => {
  const { writers, dns } = worldOf(stage);
  const weights = await Promise.all(records.map((record) => dns.weights(record)));
  return [
    `${stage.database.instance} ${await writers.state(stage.database.instance)}`,
    `${replica} ${await writers.state(replica)}`,
    ...records.map((record, index) => `${record} ${JSON.stringify(weights[index])}`),
  ];
};

const productionProblems = async (stage: Stage, second: Second, before: readonly string[]): Promise<string[]> => {
  const after = await productionNow(stage, second);
  const changed = after.filter((line, index) => line !== before[index]);
  const drillName = JSON.stringify(await worldOf(stage).dns.weights(second.drillRecord));
  return [
    ...changed.map((line) => `production was changed: ${line}`),
    ...(drillName === allPrimary ? [] : [`the drill's own name was left as ${drillName}`]),
  ];
};
