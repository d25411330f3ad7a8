import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { DatabaseAddress } from '../postgres/address.ts';
import { databaseAddress } from '../postgres/content.ts';
import { ownerOf } from '../postgres/owner.ts';
import { quoted } from '../postgres/settings.ts';
import { freePort } from '../process/free-port.ts';
import { paths } from '../process/paths.ts';
import { give, makePlace } from './files.ts';
import { onProduction } from './production.ts';
import { endServers, serverPid, startServer } from './server.ts';
import { baseBackup } from './take-snapshot.ts';

const slot = 'twin_standby';

/** A base backup that then follows by streaming. The slot is there first, so that nothing between is lost. */
export const makeStandby = async (stateDir: string) => {
  const folder = paths.standby(stateDir);
  const data = join(folder, 'data');
  await endServers(folder);
  await rm(folder, { recursive: true, force: true });
  await makePlace(folder);
  const owner = await ownerOf(paths.database(stateDir));
  const { bytes, engineVersion } = await onProduction(stateDir, async (client) => {
    await newSlot(client);
    return baseBackup(stateDir, client, slot, folder, owner);
  });
  await writeFile(join(data, 'standby.signal'), '');
  await give(join(data, 'standby.signal'), owner);
  const port = await freePort();
  await startStandby(stateDir, port);
  return { login: { ...(await databaseAddress(stateDir)), port }, bytes, engineVersion };
};

const newSlot = async (client: pg.Client): Promise<void> => {
  await client.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1', [
    slot,
  ]);
  await client.query('SELECT pg_create_physical_replication_slot($1, true)', [slot]);
};

/** It looks for the database where that is now. One that runs already is left as it is. */
export const startStandby = async (stateDir: string, port: number): Promise<void> => {
  const data = join(paths.standby(stateDir), 'data');
  if (await serverPid(data)) return;
  const settings = join(data, 'postgresql.auto.conf');
  await writeFile(settings, followingSettings(await databaseAddress(stateDir)), { mode: 0o600 });
  await give(settings, await ownerOf(data));
  await startServer(data, port);
};

const followingSettings = ({ host, port, user, password }: DatabaseAddress): string =>
  Object.entries({
    primary_conninfo: quoted(`host=${host} port=${port} user=${user} password=${password} application_name=${slot}`),
    primary_slot_name: quoted(slot),
    hot_standby: 'on',
    hot_standby_feedback: 'on',
    archive_mode: 'off',
    restore_command: quoted(''),
    wal_retrieve_retry_interval: quoted('500ms'),
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
