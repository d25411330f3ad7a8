import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { holdConnections } from '../../cli/tour/held-connections.ts';
import { type LiveAccess, openLivePorts, stopWorld } from '../../twin/live/index.ts';
import { until } from '../../twin/live/process/until.ts';
import { launchTwin, stopServer } from '../../twin/server/index.ts';
import { newFolder } from '../live/support/folder.ts';

/* An alarm of what PostgreSQL itself says, on the live twin, from its cause to its end. */

const alarm = 'twin-database-connections';
/** Of the 60 that PostgreSQL gives; the alarm fires above four fifths. */
const enough = 50;
const withinMs = 60_000;
let stateDir: string;
let access: LiveAccess;

beforeAll(async () => {
  stateDir = await newFolder();
  await launchTwin(stateDir);
  access = openLivePorts(stateDir);
}, 120_000);
afterAll(async () => {
  await stopServer(stateDir);
  await stopWorld(stateDir);
  access.close();
  await rm(stateDir, { recursive: true, force: true });
}, 60_000);

const stateOf = async () => (await access.ports.signals.alarms([alarm]))[0]?.state;

test('connections that somebody else holds: pods start anew, that does not help, and people are told once', async () => {
  const { incidents, outbox, clock } = access.ports;
  // Given a database with connections to spare
  await until('a quiet alarm', withinMs, async () => (await stateOf()) === 'ok');
  // When sessions that do nothing hold them
  const since = clock.now();
  await using _held = await holdConnections(stateDir, enough);
  // Then the playbook tries its act once, sees that the alarm goes on, and gives it to people
  const ended = await until('the end of the incident', withinMs, async () =>
    (await incidents.recent(since)).find(({ alarm: { name }, endedAt }) => name === alarm && endedAt !== undefined),
  );
  expect(ended).toMatchObject({ status: 'escalated', resource: 'database/twin' });
  const attempts = (await incidents.attempts(since)).filter(({ incident }) => incident === ended.id);
  expect(attempts).toMatchObject([{ rung: 0, act: { kind: 'restart-rollout' }, help: 'neutral' }]);
  const told = (await outbox.pending(1000)).filter(({ id }) => id === `closing-${ended.id}`);
  expect(told).toHaveLength(1);
}, 150_000);

test('the alarm is over once the connections were given back', async () => {
  await until('a quiet alarm', withinMs, async () => (await stateOf()) === 'ok');
}, 70_000);
