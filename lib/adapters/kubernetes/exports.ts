import type { BackupId } from '../../contracts/backup.ts';
import type { ExportKind } from '../../contracts/export.ts';
import { InstanceNotFound } from '../../contracts/failures.ts';
import type { Exports } from '../../ports/exports.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { exportsIn } from '../s3/stored-exports.ts';
import { type Api, kubernetesApi } from './client.ts';
import { eksConnection } from './connection.ts';
import { instanceAnnotation, jobsOver } from './jobs.ts';

/** The CronJobs of k8s/base/backup: never due by themselves, they are what a job is made from. */
const templates: Readonly<Record<ExportKind, string>> = {
  dump: 'database-backup',
  configuration: 'configuration-backup',
};
/** Short, because the name of a job must fit into a label: the longest backup has 50 letters. */
const prefixes: Readonly<Record<ExportKind, string>> = { dump: 'dump', configuration: 'config' };
const jobOf = (kind: ExportKind, backup: BackupId): string => `${prefixes[kind]}-${backup}`;

const exportsOver = (api: Api, namespace: string, bucket: string): Exports => {
  const jobs = jobsOver(api, namespace);
  const stored = exportsIn(bucket);
  return {
    async start({ kind, backup, instance }) {
      const template = await jobs.template(templates[kind]);
      const dumped = template.metadata.annotations[instanceAnnotation];
      // A dump under the name of another database would be found out by nobody until it is needed.
      if (kind === 'dump' && dumped !== instance)
        throw new InstanceNotFound(`CronJob ${templates[kind]} dumps "${dumped}", not "${instance}"`, { instance });
      await jobs.begin(jobOf(kind, backup), template, backup);
    },
    async find(kind, backup) {
      const job = await jobs.find(jobOf(kind, backup));
      if (job?.state === 'going') return { status: 'making' };
      if (job?.state === 'failed') return { status: 'failed', reason: `job ${jobOf(kind, backup)}: ${job.reason}` };
      // A job that ended is forgotten after some days; what it left is not.
      const found = await stored.find(kind, backup);
      if (found || !job) return found;
      return { status: 'failed', reason: `job ${jobOf(kind, backup)} succeeded, and left nothing in ${bucket}` };
    },
    async remove(kind, backup) {
      await jobs.remove(jobOf(kind, backup));
      await stored.remove(kind, backup);
    },
  };
};

export const eksExports = adapter(
  { CLUSTER_NAME: setting, CLUSTER_NAMESPACE: setting, BACKUP_BUCKET: setting },
  ({ CLUSTER_NAME, CLUSTER_NAMESPACE, BACKUP_BUCKET }) =>
    exportsOver(kubernetesApi(eksConnection(CLUSTER_NAME)), CLUSTER_NAMESPACE, BACKUP_BUCKET),
);
