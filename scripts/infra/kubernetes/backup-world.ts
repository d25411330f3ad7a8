import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { exportsIn } from '../../../lib/adapters/s3/stored-exports.ts';
import { freePort } from '../../../twin/live/process/free-port.ts';
import { awsAt } from '../../moto.ts';
import { run } from './command.ts';
import type { Overlay } from './manifests.ts';
import { type Running, startServer } from './processes.ts';
import { awsPrograms, postgresPrograms } from './programs.ts';
import { ofKind } from './rules/reading.ts';

/* What the backup jobs meet, for real: a PostgreSQL, an S3, the tools of their images, and their own scripts. */

const password = 'only-the-database-knows-this';

export type BackupWorld = {
  folder: string;
  databaseFolder: string;
  databaseUrl(database: string): string;
  psql(database: string, sql: string): Promise<string>;
  aws(...args: string[]): Promise<string>;
  /** Runs one of the overlay's scripts as its container would. Errors: the script's own words. */
  script(name: string, environment: Record<string, string>): Promise<string>;
  /** The control plane's own look at the bucket. */
  exports: ReturnType<typeof exportsIn>;
  bucket: string;
  password: string;
  stop(): Promise<void>;
};

/** PostgreSQL refuses to run as root. */
const asPostgres = (...command: string[]): string[] =>
  process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command;

const startPostgres = async (folder: string, port: number): Promise<Running> => {
  const bin = await postgresPrograms();
  const data = join(folder, 'postgres');
  const passwordFile = join(folder, 'password');
  await mkdir(data);
  await writeFile(passwordFile, password);
  if (process.getuid?.() === 0) await givePostgres(data, passwordFile);
  const [initdb = '', ...args] = asPostgres(join(bin, 'initdb'), '--pgdata', data, '--username', 'owner');
  await run(initdb, [...args, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--no-sync'], { cwd: '/' });
  const flags = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${data}`,
  ];
  // Through runuser the signal must reach the server itself: it passes on SIGTERM.
  return startServer('PostgreSQL', port, asPostgres(join(bin, 'postgres'), ...flags));
};

const givePostgres = async (...paths: string[]): Promise<void> => {
  const id = async (flag: string) => Number(await run('id', [flag, 'postgres']));
  const [uid, gid] = [await id('-u'), await id('-g')];
  for (const path of paths) await chown(path, uid, gid);
};

const writeScripts = async (folder: string, overlay: Overlay): Promise<void> => {
  const scripts = ofKind(overlay, 'ConfigMap').find(({ metadata }) => metadata.name.startsWith('backup-scripts'));
  for (const [name, content] of Object.entries(scripts?.data ?? {})) await writeFile(join(folder, name), content);
};

export const startBackupWorld = async (overlay: Overlay): Promise<BackupWorld> => {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-backup-'));
  await chmod(folder, 0o755);
  await writeScripts(folder, overlay);
  const [databasePort, s3Port, tools] = [await freePort(), await freePort(), await awsPrograms()];
  const servers: Running[] = [];
  const stop = async (): Promise<void> => {
    for (const server of servers) await server.stop();
    await rm(folder, { recursive: true });
  };
  const bucket = 'backups';
  const environment = {
    PATH: `${tools}${delimiter}${process.env.PATH}`,
    HOSTNAME: 'the-pod',
    HOME: folder,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${s3Port}`,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    BACKUP_BUCKET: bucket,
    BACKUP_KEY_ARN: 'arn:aws:kms:eu-west-1:123456789012:alias/evenkeel-test-backup',
  };
  Object.assign(process.env, awsAt(environment.AWS_ENDPOINT_URL));
  const databaseUrl = (database: string) => `postgresql://owner:${password}@127.0.0.1:${databasePort}/${database}`;
  const aws = (...args: string[]) => run(join(tools, 'aws'), args, { env: environment });
  try {
    servers.push(await startPostgres(folder, databasePort));
    servers.push(
      await startServer('moto', s3Port, [join(tools, 'moto_server'), '-H', '127.0.0.1', '-p', String(s3Port)]),
    );
    await aws('s3', 'mb', `s3://${bucket}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    folder,
    databaseFolder: join(folder, 'postgres'),
    databaseUrl,
    psql: (database, sql) => run('psql', ['-At', '-v', 'ON_ERROR_STOP=1', '-d', databaseUrl(database), '-c', sql]),
    aws,
    script: (name, more) => run('bash', [join(folder, name)], { env: { ...environment, ...more } }),
    exports: exportsIn(bucket),
    bucket,
    password,
    stop,
  };
};
