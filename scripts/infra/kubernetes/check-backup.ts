import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Programs, startApiServer } from '../../../test/kubernetes/api-server.ts';
import { applierTo, define, undefine } from './api.ts';
import { type BackupWorld, startBackupWorld } from './backup-world.ts';
import { run } from './command.ts';
import type { KubernetesObject, Overlay } from './manifests.ts';

export type BackupReport = { checks: number; problems: string[] };
type Check = (what: string, holds: boolean) => void;

const rows = 20_000;
const ordersAs = (table: string): string =>
  `CREATE TABLE ${table} AS SELECT n AS id, md5(n::text) AS note FROM generate_series(1, ${rows}) n`;

/** Runs the jobs' own scripts on real parts, restores what they wrote, and breaks one on the way. */
export const checkBackup = async (
  programs: Programs,
  definitions: readonly KubernetesObject[],
  overlay: Overlay,
): Promise<BackupReport> => {
  const report: BackupReport = { checks: 0, problems: [] };
  const check: Check = (what, holds) => {
    report.checks += 1;
    if (!holds) report.problems.push(what);
  };
  const world = await startBackupWorld(overlay);
  try {
    await wholeDump(world, check);
    await brokenDump(world, check);
    await configuration(world, check, programs, definitions, overlay);
    return report;
  } finally {
    await world.stop();
  }
};

type Manifest = { objects: { key: string; sha256: string }[] };

/** Both containers of the job, side by side; how each of them ended. */
const backUp = async (world: BackupWorld, database: string, pod: string) => {
  const pipes = join(world.folder, pod);
  await mkdir(pipes);
  await run('mkfifo', [join(pipes, 'dump'), join(pipes, 'outcome')]);
  const urlFile = join(pipes, 'url');
  await writeFile(urlFile, world.databaseUrl(database));
  const environment = { PIPES: pipes, DATABASE_URL_FILE: urlFile, HOSTNAME: pod, BACKUP: `shop-${pod}` };
  const [dump, upload] = await Promise.allSettled([
    world.script('dump.sh', environment),
    world.script('upload.sh', environment),
  ]);
  return { dump, upload };
};

const download = async (world: BackupWorld, key: string): Promise<string> => {
  const path = join(world.folder, 'downloaded');
  await world.aws('s3', 'cp', '--only-show-errors', `s3://${world.bucket}/${key}`, path);
  return path;
};

const keysOf = async (world: BackupWorld, pod: string): Promise<string[]> => {
  const listed = await world.aws('s3', 'ls', '--recursive', `s3://${world.bucket}/`);
  return [...listed.matchAll(/\S+$/gm)].map(([key]) => key).filter((key) => key.includes(pod));
};

const wholeDump = async (world: BackupWorld, check: Check): Promise<void> => {
  await world.psql('postgres', 'CREATE DATABASE shop');
  await world.psql('shop', ordersAs('orders'));
  const { dump, upload } = await backUp(world, 'shop', 'whole');
  check(`a whole dump: ${reasonOf(dump)}`, dump.status === 'fulfilled');
  check(`a whole upload: ${reasonOf(upload)}`, upload.status === 'fulfilled');
  const found = await world.exports.find('dump', 'shop-whole');
  check(`the control plane sees a whole dump: ${JSON.stringify(found)}`, found?.status === 'complete');
  const manifestFile = await download(world, 'database/shop-whole/manifest.json');
  const [dumped] = (JSON.parse(await readFile(manifestFile, 'utf8')) as Manifest).objects;
  const head = await world.aws('s3api', 'head-object', '--bucket', world.bucket, '--key', dumped?.key ?? '');
  check(
    'a dump is encrypted with the key of backups',
    /"aws:kms"/.test(head) && head.includes('alias/evenkeel-test-backup'),
  );
  const path = await download(world, dumped?.key ?? '');
  const sum = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  check('the manifest has the hash of what was stored', sum === dumped?.sha256);
  await world.psql('postgres', 'CREATE DATABASE restored');
  await run('pg_restore', ['--dbname', world.databaseUrl('restored'), '--no-owner', path]);
  const fingerprint = 'SELECT count(*), md5(string_agg(id || note, $$,$$ ORDER BY id)) FROM orders';
  check(
    'what is restored is what was there',
    (await world.psql('restored', fingerprint)) === (await world.psql('shop', fingerprint)),
  );
};

/**
 * A table whose file is gone breaks the dump when the first tables are on their way already. The job must fail, and leave
 * no manifest that would make a backup of what was uploaded.
 */
const brokenDump = async (world: BackupWorld, check: Check): Promise<void> => {
  await world.psql('postgres', 'CREATE DATABASE damaged');
  for (const table of ['a_whole', 'z_damaged']) await world.psql('damaged', ordersAs(table));
  const file = await world.psql('damaged', "SELECT pg_relation_filepath('z_damaged')");
  await rm(join(world.databaseFolder, file.trim()));
  const { dump, upload } = await backUp(world, 'damaged', 'broken');
  check('a dump that broke off fails', dump.status === 'rejected');
  check(
    `the upload of a dump that broke off fails and says why: ${reasonOf(upload)}`,
    upload.status === 'rejected' && /is no backup/.test(reasonOf(upload)),
  );
  const keys = await keysOf(world, 'broken');
  check(
    'what broke off was on its way already',
    keys.some((key) => key.endsWith('.dump')),
  );
  check('a dump that broke off has no manifest', !keys.some((key) => key.endsWith('/manifest.json')));
  const found = await world.exports.find('dump', 'shop-broken');
  check(`the control plane sees no dump that broke off: ${JSON.stringify(found)}`, found === undefined);
};

const reasonOf = (ended: PromiseSettledResult<string>): string =>
  ended.status === 'rejected' ? (ended.reason as Error).message : 'as it should be';

/** As the job's own account, on a real API server that holds a real Secret. */
const configuration = async (
  world: BackupWorld,
  check: Check,
  programs: Programs,
  definitions: readonly KubernetesObject[],
  overlay: Overlay,
): Promise<void> => {
  const api = await startApiServer(programs, { checksServiceAccounts: true });
  try {
    await define(api, definitions);
    const apply = applierTo(api);
    const namespace = overlay.objects.find(({ kind }) => kind === 'Namespace');
    const ordered = [...(namespace ? [namespace] : []), ...overlay.objects.filter((object) => object !== namespace)];
    for (const object of ordered) await apply(object);
    const secret = { metadata: { name: 'database' }, stringData: { url: world.databaseUrl('shop') } };
    await api.admin('POST', '/api/v1/namespaces/mcp-ui/secrets', secret);
    const tokens = '/api/v1/namespaces/mcp-ui/serviceaccounts/configuration-backup/token';
    const { status } = (await api.admin('POST', tokens, { spec: {} })) as { status: { token: string } };
    const account = join(world.folder, 'account');
    await mkdir(account);
    await writeFile(join(account, 'token'), status.token);
    await writeFile(join(account, 'ca.crt'), api.ca);
    const script = (namespace: string, pod: string) => {
      const environment = {
        API_SERVER: api.endpoint,
        ACCOUNT: account,
        NAMESPACE: namespace,
        HOSTNAME: pod,
        BACKUP: `shop-${pod}`,
      };
      return world.script('configuration.sh', environment).then(
        () => '',
        (error: Error) => error.message,
      );
    };
    const said = await script('mcp-ui', 'the-pod');
    check(`the configuration is stored: ${said}`, said === '');
    const found = await world.exports.find('configuration', 'shop-the-pod');
    check(`the control plane sees the configuration: ${JSON.stringify(found)}`, found?.status === 'complete');
    await configurationStored(world, check, overlay);
    const refused = await script('default', 'elsewhere');
    check(`what may not be read is no backup, and said: ${refused}`, refused.includes('status 403'));
    check('what may not be read is not uploaded', (await keysOf(world, 'elsewhere')).length === 0);
    await undefine(api, 'targetgroupbindings', 'elbv2.k8s.aws');
    check('a kind that the cluster does not serve breaks nothing', (await script('mcp-ui', 'other-pod')) === '');
    const absent = (await keysOf(world, 'other-pod')).find((key) => key.endsWith('/targetgroupbindings.json')) ?? '';
    check(
      'a kind that the cluster does not serve is said to be absent',
      (await readFile(await download(world, absent), 'utf8')).includes('absent'),
    );
  } finally {
    await api.stop();
  }
};

const configurationStored = async (world: BackupWorld, check: Check, overlay: Overlay): Promise<void> => {
  const folder = join(world.folder, 'configuration');
  await world.aws('s3', 'cp', '--recursive', '--only-show-errors', `s3://${world.bucket}/configuration/`, folder);
  const paths = (await readdir(folder, { recursive: true })).map((path) => join(folder, path));
  const [sums = ''] = paths.filter((path) => path.endsWith('SHA256SUMS'));
  const whole = await run('sha256sum', ['--check', '--strict', sums], { cwd: dirname(sums) }).catch(() => undefined);
  check('the hashes of the configuration are those of its files', whole !== undefined);
  const files = await Promise.all(paths.filter((path) => path.endsWith('.json')).map((path) => readFile(path, 'utf8')));
  const stored = files.flatMap((text) => (JSON.parse(text) as { items?: KubernetesObject[] }).items ?? []);
  const names = new Set(files.flatMap((text) => [...text.matchAll(/"kind":\s*"(\w+)List"/g)].map(([, kind]) => kind)));
  const kinds = new Set(overlay.objects.map(({ kind }) => kind).filter((kind) => kind !== 'Namespace'));
  check(
    `every kind that was applied is stored: missing ${[...kinds].filter((kind) => !names.has(kind)).join(', ')}`,
    [...kinds].every((kind) => names.has(kind)),
  );
  check('every object that was applied is stored', stored.length >= overlay.objects.length - 1);
  check('no value of a Secret is stored', !files.some((text) => text.includes(world.password)));
  check(
    'the names of Secrets are stored',
    stored.some(({ spec }) => spec?.target?.name === 'database'),
  );
};
