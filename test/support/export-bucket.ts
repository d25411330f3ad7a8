import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';

/** As S3 tells of an object that came at once, encrypted with a key. */
type Stored = { content: string; head: object };

const hashOf = (content: string) => createHash('sha256').update(content);
const folders: Record<string, string> = { dump: 'database', config: 'configuration' };

/** A bucket in the shapes that S3 answers with, and what the pods of a job put there. */
export const newExportBucket = () => {
  const objects = new Map<string, Stored>();
  const s3 = mockClient(S3Client);
  s3.on(GetObjectCommand).callsFake(({ Key }) => {
    const stored = objects.get(Key);
    if (!stored) throw new NoSuchKey({ message: 'none', $metadata: {} });
    return { Body: { transformToString: async () => stored.content } };
  });
  s3.on(HeadObjectCommand).callsFake(({ Key }) => {
    const stored = objects.get(Key);
    if (stored) return stored.head;
    throw Object.assign(new Error('UnknownError'), { name: 'NotFound', $metadata: { httpStatusCode: 404 } });
  });
  s3.on(ListObjectsV2Command).callsFake(({ Prefix }) => ({
    Contents: [...objects.keys()].filter((key) => key.startsWith(Prefix)).map((Key) => ({ Key })),
  }));
  s3.on(DeleteObjectCommand).callsFake(({ Key }) => void objects.delete(Key));

  const put = (key: string, content: string, differs: object = {}) =>
    objects.set(key, {
      content,
      head: {
        ContentLength: content.length,
        ServerSideEncryption: 'aws:kms',
        ChecksumSHA256: hashOf(content).digest('base64'),
        ChecksumType: 'FULL_OBJECT',
        ...differs,
      },
    });
  return {
    s3,
    objects,
    put,
    /** All that a whole job named `<dump|config>-<backup>` puts, in its order; `differs`: how S3 tells of the object. */
    fill(job: string, backup: string, differs: object = {}): void {
      const prefix = `${folders[job.split('-')[0] ?? '']}/${backup}`;
      const [key, content] = [`${prefix}/the-pod.dump`, `the content of ${job}`];
      put(key, content, differs);
      const listed = { key, bytes: content.length, sha256: hashOf(content).digest('hex') };
      const manifest = { takenAt: '2026-05-01T10:00:00.000Z', sha256: listed.sha256, objects: [listed] };
      put(`${prefix}/manifest.json`, JSON.stringify(manifest));
    },
    lies: (kind: string, backup: string): boolean =>
      [...objects.keys()].some((key) => key.startsWith(`${folders[kind === 'dump' ? 'dump' : 'config']}/${backup}/`)),
  };
};
export type ExportBucket = ReturnType<typeof newExportBucket>;
