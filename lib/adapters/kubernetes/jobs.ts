import * as v from 'valibot';
import type { BackupId } from '../../contracts/backup.ts';
import type { Api } from './client.ts';
import { readObject } from './shapes.ts';

/** The pod of an export learns from this label which backup it is of. */
export const backupLabel = 'evenkeel.dev/backup';
/** Which database server the jobs of a template dump. */
export const instanceAnnotation = 'evenkeel.dev/instance';

const texts = v.optional(v.record(v.string(), v.string()), {});
const Meta = v.looseObject({ labels: texts });

const CronJob = v.object({
  metadata: v.object({ name: v.string(), uid: v.string(), annotations: texts }),
  spec: v.object({
    jobTemplate: v.object({
      metadata: v.optional(Meta, {}),
      spec: v.looseObject({ template: v.looseObject({ metadata: v.optional(Meta, {}) }) }),
    }),
  }),
});
export type CronJob = v.InferOutput<typeof CronJob>;

const Condition = v.object({ type: v.string(), status: v.string(), message: v.optional(v.string(), '') });
const Job = v.object({ status: v.optional(v.object({ conditions: v.optional(v.array(Condition), []) }), {}) });

/** `failed`: all its attempts did. */
export type JobState = { state: 'going' | 'succeeded' } | { state: 'failed'; reason: string };

/** Jobs made from the template of a CronJob that never runs by itself, so that what a pod is stands in the manifests alone. */
export const jobsOver = (api: Api, namespace: string) => {
  const pathOf = (kind: string, name = '') => `/apis/batch/v1/namespaces/${namespace}/${kind}${name && `/${name}`}`;
  return {
    /** Errors: `ConfigInvalid` when there is none, because the manifests make it. */
    async template(name: string): Promise<CronJob> {
      const path = pathOf('cronjobs', name);
      return readObject(CronJob, path, await api.get(path));
    },
    /** One of that name is left as it is. */
    async begin(name: string, template: CronJob, backup: BackupId): Promise<void> {
      await api.create(pathOf('jobs'), jobOf(name, template, backup));
    },
    async find(name: string): Promise<JobState | undefined> {
      const path = pathOf('jobs', name);
      const found = await api.find(path);
      return found === undefined ? undefined : stateOf(readObject(Job, path, found));
    },
    remove: (name: string): Promise<void> => api.remove(pathOf('jobs', name)),
  };
};

/** As `kubectl create job --from=cronjob/NAME` makes it: what watches the CronJob counts its success. */
const jobOf = (name: string, { metadata, spec: { jobTemplate } }: CronJob, backup: BackupId) => {
  const { template } = jobTemplate.spec;
  const labelled = ({ labels, ...rest }: { labels?: Record<string, string> }) => ({
    ...rest,
    labels: { ...labels, [backupLabel]: backup },
  });
  const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...labelled(jobTemplate.metadata), name, ownerReferences: [owner] },
    spec: { ...jobTemplate.spec, template: { ...template, metadata: labelled(template.metadata) } },
  };
};

const stateOf = ({ status: { conditions } }: v.InferOutput<typeof Job>): JobState => {
  const is = (wanted: string) => conditions.find(({ type, status }) => type === wanted && status === 'True');
  if (is('Complete')) return { state: 'succeeded' };
  const failed = is('Failed');
  return failed ? { state: 'failed', reason: failed.message || 'it says no reason' } : { state: 'going' };
};
