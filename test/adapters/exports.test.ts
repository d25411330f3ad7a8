import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { eksExports } from '../../lib/adapters/kubernetes/exports.ts';
import type { Exports } from '../../lib/ports/exports.ts';
import { describeExports } from '../contracts/exports.contract.ts';
import { failure } from '../contracts/good.ts';
import { type ExportBucket, newExportBucket } from '../support/export-bucket.ts';
import { type KubernetesApi, startKubernetesApi } from '../support/kubernetes/api.ts';

const namespace = 'production';
const batch = `/apis/batch/v1/namespaces/${namespace}`;
const jobPath = (name: string) => `${batch}/jobs/${name}`;
const settings = { CLUSTER_NAME: 'main', CLUSTER_NAMESPACE: namespace, BACKUP_BUCKET: 'backups' };
const eks = mockClient(EKSClient);
let kubernetes: KubernetesApi;
let bucket: ExportBucket;
let port: Exports;
let broken: Set<string>;

const cronJob = (name: string) => ({
  metadata: { name, uid: `uid-of-${name}`, annotations: { 'evenkeel.dev/instance': 'shop-db' } },
  spec: {
    suspend: true,
    jobTemplate: {
      metadata: { labels: { team: 'shop' } },
      spec: {
        backoffLimit: 2,
        template: {
          metadata: { labels: { 'app.kubernetes.io/name': name } },
          spec: { serviceAccountName: name, containers: [{ name: 'upload', image: 'amazon/aws-cli:2' }] },
        },
      },
    },
  },
});

beforeEach(async () => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  kubernetes = await startKubernetesApi();
  const certificateAuthority = { data: Buffer.from(kubernetes.ca).toString('base64') };
  eks.on(DescribeClusterCommand).resolves({ cluster: { endpoint: kubernetes.endpoint, certificateAuthority } });
  for (const name of ['database-backup', 'configuration-backup'])
    kubernetes.objects.put(`${batch}/cronjobs/${name}`, cronJob(name));
  bucket = newExportBucket();
  broken = new Set();
  port = eksExports.create(settings);
});
afterEach(() => {
  kubernetes.close();
  eks.reset();
  bucket.s3.restore();
});

const ended = (name: string, type: 'Complete' | 'Failed', message?: string) => {
  const job = kubernetes.objects.get(jobPath(name));
  if (!job) throw new Error(`expected a job ${name}`);
  kubernetes.objects.put(jobPath(name), { ...job, status: { conditions: [{ type, status: 'True', message }] } });
};

/** What the job controller and the pods do. */
const settle = async () => {
  for (const { metadata, status } of kubernetes.objects.list(`${batch}/jobs`)) {
    if (status) continue;
    const { name, labels = {} } = metadata;
    if (broken.has(name)) ended(name, 'Failed', 'Job has reached the specified backoff limit');
    else {
      bucket.fill(name, labels['evenkeel.dev/backup'] ?? '');
      ended(name, 'Complete');
    }
  }
};
const jobOf = (kind: string, backup: string) => `${kind === 'dump' ? 'dump' : 'config'}-${backup}`;

describeExports('Kubernetes and S3', async () => ({
  port,
  production: 'shop-db',
  settle,
  breakOff: async (kind, backup) => void broken.add(jobOf(kind, backup)),
  lies: async (kind, backup) => bucket.lies(kind, backup),
}));

const begun = async (kind: 'dump' | 'configuration' = 'dump') => {
  await port.start({ kind, backup: 'shop-b1', instance: 'shop-db' });
  return jobOf(kind, 'shop-b1');
};
const found = () => port.find('dump', 'shop-b1');
const failed = (reason: RegExp) => ({ status: 'failed', reason: expect.stringMatching(reason) });

describe('a job', () => {
  test('is what its CronJob says, and names the backup to its pods', async () => {
    const { jobTemplate } = cronJob('database-backup').spec;
    const made = kubernetes.objects.get(jobPath(await begun()));
    expect(made?.metadata.labels).toEqual({ team: 'shop', 'evenkeel.dev/backup': 'shop-b1' });
    expect(made?.spec).toEqual({
      ...jobTemplate.spec,
      template: {
        ...jobTemplate.spec.template,
        metadata: { labels: { 'app.kubernetes.io/name': 'database-backup', 'evenkeel.dev/backup': 'shop-b1' } },
      },
    });
    expect(made?.metadata).toMatchObject({
      ownerReferences: [{ kind: 'CronJob', name: 'database-backup', uid: 'uid-of-database-backup', controller: true }],
    });
  });

  test('has a name that fits into a label, also for the longest backup', async () => {
    for (const kind of ['dump', 'configuration'] as const) expect(jobOf(kind, 'x'.repeat(50)).length).toBeLessThan(64);
  });

  test('that goes on is being made', async () => {
    await begun();
    expect(await found()).toEqual({ status: 'making' });
  });

  test('that is forgotten after it ended leaves what it made', async () => {
    kubernetes.objects.remove(jobPath(await begun()));
    bucket.fill('dump-shop-b1', 'shop-b1');
    expect(await found()).toMatchObject({ status: 'complete', where: 's3://backups/database/shop-b1/' });
  });

  test('is refused when the manifests make none of its kind', async () => {
    kubernetes.objects.remove(`${batch}/cronjobs/configuration-backup`);
    await expect(begun('configuration')).rejects.toEqual(failure('ConfigInvalid'));
  });
});

describe('what says that it succeeded is complete only when it lies there', () => {
  const succeeded = async (fill: () => void) => {
    const name = await begun();
    fill();
    ended(name, 'Complete');
    return found();
  };
  const filled = (differs: object = {}) => succeeded(() => bucket.fill('dump-shop-b1', 'shop-b1', differs));
  const manifest = 'database/shop-b1/manifest.json';
  const key = 'database/shop-b1/the-pod.dump';

  test('without anything in the bucket', async () => {
    expect(await succeeded(() => {})).toEqual(failed(/succeeded, and left nothing in backups/));
  });
  test('without its object', async () => {
    const lost = () => {
      bucket.fill('dump-shop-b1', 'shop-b1');
      bucket.objects.delete(key);
    };
    expect(await succeeded(lost)).toEqual(failed(/the-pod\.dump is not there/));
  });
  test.each([
    ['of another size', { ContentLength: 3 }, /has 3 bytes, and was made with 27/],
    ['without encryption', { ServerSideEncryption: undefined }, /not encrypted with a key of ours/],
    ['encrypted by whoever keeps it', { ServerSideEncryption: 'AES256' }, /not encrypted with a key of ours/],
    ['without a checksum', { ChecksumSHA256: undefined }, /stored without a checksum/],
    ['with another checksum', { ChecksumSHA256: Buffer.alloc(32).toString('base64') }, /its checksum is another/],
  ])('%s', async (_, differs, reason) => {
    expect(await filled(differs)).toEqual(failed(reason));
  });
  test.each([
    { ChecksumSHA256: 'aGFzaCBvZiBoYXNoZXM=-7', ChecksumType: 'COMPOSITE' },
    { ChecksumSHA256: 'aGFzaCBvZiBoYXNoZXM=', ETag: '"d41d8cd98f00b204e9800998ecf8427e-7"' },
  ])('in parts, whose checksum is of the parts: %j', async (inParts) => {
    expect(await filled(inParts)).toMatchObject({ status: 'complete', bytes: 27 });
  });
  test("when its manifest names another backup's object", async () => {
    const foreign = () => {
      bucket.fill('dump-shop-b1', 'shop-b1');
      const text = bucket.objects.get(manifest)?.content.replace('shop-b1/the-pod', 'shop-b0/the-pod') ?? '';
      bucket.put(manifest, text);
    };
    expect(await succeeded(foreign)).toEqual(failed(/belongs to another backup/));
  });
  test.each(['', '{', '{"objects":[]}'])('when its manifest is no manifest: %j', async (text) => {
    expect(await succeeded(() => bucket.put(manifest, text))).toEqual(failed(/its manifest cannot be read/));
  });
});

test('a removal takes the manifest first, and all pages of what is left', async () => {
  const { s3 } = bucket;
  s3.on(ListObjectsV2Command)
    .resolvesOnce({ Contents: [{ Key: 'database/shop-b1/one' }], NextContinuationToken: 'more' })
    .resolvesOnce({ Contents: [{ Key: 'database/shop-b1/two' }] });
  await port.remove('dump', 'shop-b1');
  expect(s3.commandCalls(DeleteObjectCommand).map(({ args: [{ input }] }) => input.Key)).toEqual([
    'database/shop-b1/manifest.json',
    'database/shop-b1/one',
    'database/shop-b1/two',
  ]);
  expect(s3.commandCalls(ListObjectsV2Command)[1]?.args[0].input).toMatchObject({ ContinuationToken: 'more' });
});

test.each([
  ['SlowDown', 503, 'DependencyThrottled'],
  ['ServiceUnavailable', 503, 'DependencyUnavailable'],
  ['AccessDenied', 403, 'AccessDenied'],
])('a bucket that cannot be asked is no missing object: %s', async (name, httpStatusCode, expected) => {
  const refused = Object.assign(new Error('why'), { name, $metadata: { httpStatusCode } });
  ended(await begun(), 'Complete');
  bucket.s3.on(GetObjectCommand).rejects(refused);
  await expect(found()).rejects.toEqual(failure(expected));
  bucket.s3.on(GetObjectCommand).resolves({
    Body: { transformToString: async () => manifestOfOne },
  } as never);
  bucket.s3.on(HeadObjectCommand).rejects(refused);
  await expect(found()).rejects.toEqual(failure(expected));
});

const manifestOfOne = JSON.stringify({
  takenAt: '2026-05-01T10:00:00.000Z',
  sha256: 'a'.repeat(64),
  objects: [{ key: 'database/shop-b1/one', bytes: 1, sha256: 'a'.repeat(64) }],
});
