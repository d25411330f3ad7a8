import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  NoSuchKey,
} from '@aws-sdk/client-s3';
import * as v from 'valibot';
import type { BackupId } from '../../contracts/backup.ts';
import { type CompleteExport, type Export, type ExportKind, Sha256 } from '../../contracts/export.ts';
import { Instant } from '../../contracts/instant.ts';
import { problemsOf } from '../../runtime/problems.ts';
import { calling } from '../aws/failures.ts';
import { s3Client } from './client.ts';

const dependency = 'S3';

/** What a job writes last, as k8s/base/backup/scripts do: until then nothing of it counts. */
const Manifest = v.object({
  sha256: Sha256,
  takenAt: Instant,
  objects: v.pipe(
    v.array(v.object({ key: v.string(), bytes: v.pipe(v.number(), v.minValue(1)), sha256: Sha256 })),
    v.minLength(1, 'expected at least one object'),
  ),
});
type Manifest = v.InferOutput<typeof Manifest>;
type Listed = Manifest['objects'][number];

/** The service accounts of the jobs may write below these names alone (terraform/modules/identity). */
const folders: Readonly<Record<ExportKind, string>> = { dump: 'database', configuration: 'configuration' };
const prefixOf = (kind: ExportKind, backup: BackupId): string => `${folders[kind]}/${backup}/`;

/** What lies in the bucket, looked at object by object: a manifest says only what should be there. */
export const exportsIn = (Bucket: string) => {
  const client = s3Client();

  const manifest = (Key: string) =>
    calling(dependency, async () => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return (await Body?.transformToString()) ?? '';
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    });

  const head = (Key: string) =>
    calling(dependency, async () => {
      try {
        return await client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
      } catch (error) {
        if (error instanceof Error && error.name === 'NotFound') return undefined;
        throw error;
      }
    });

  const problemOf = async (prefix: string, { key, bytes, sha256 }: Listed): Promise<string | undefined> => {
    if (!key.startsWith(prefix)) return `${key} belongs to another backup`;
    const found = await head(key);
    if (!found) return `${key} is not there`;
    if (found.ContentLength !== bytes) return `${key} has ${found.ContentLength} bytes, and was made with ${bytes}`;
    if (found.ServerSideEncryption !== 'aws:kms') return `${key} is not encrypted with a key of ours`;
    return checksumProblem(key, sha256, found);
  };

  const keys = async (Prefix: string): Promise<string[]> => {
    const all: string[] = [];
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const page = new ListObjectsV2Command({ Bucket, Prefix, ...(token && { ContinuationToken: token }) });
      const { Contents = [], NextContinuationToken } = await calling(dependency, () => client.send(page));
      all.push(...Contents.map(({ Key = '' }) => Key));
      token = NextContinuationToken;
    }
    return all;
  };

  return {
    /** Undefined while there is no manifest. `failed`: what it lists is not there as it should be. */
    async find(kind: ExportKind, backup: BackupId): Promise<Export | undefined> {
      const prefix = prefixOf(kind, backup);
      const found = await manifest(`${prefix}manifest.json`);
      if (found === undefined) return undefined;
      const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Manifest), found);
      if (!parsed.success) return failed([`its manifest cannot be read: ${problemsOf(parsed.issues).join('; ')}`]);
      const looks = await Promise.all(parsed.output.objects.map((one) => problemOf(prefix, one)));
      const problems = looks.filter((problem) => problem !== undefined);
      return problems.length > 0 ? failed(problems) : complete(parsed.output, `s3://${Bucket}/${prefix}`);
    },
    /** The manifest first, so that what is left when this breaks off counts as nothing. */
    async remove(kind: ExportKind, backup: BackupId): Promise<void> {
      const prefix = prefixOf(kind, backup);
      for (const Key of [`${prefix}manifest.json`, ...(await keys(prefix))])
        await calling(dependency, () => client.send(new DeleteObjectCommand({ Bucket, Key })));
    },
  };
};

const failed = (problems: readonly string[]): Export => ({ status: 'failed', reason: problems.join('; ') });

const complete = ({ sha256, takenAt, objects }: Manifest, where: string): CompleteExport => ({
  status: 'complete',
  bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
  sha256,
  where,
  finishedAt: takenAt,
});

/** Of what came in parts, S3 keeps a checksum of the parts' checksums, which tells nothing of ours; that there is one, each part was checked. */
const checksumProblem = (
  key: string,
  sha256: string,
  { ChecksumSHA256: kept, ChecksumType, ETag = '' }: HeadObjectCommandOutput,
): string | undefined => {
  if (kept === undefined) return `${key} was stored without a checksum`;
  const inParts = ChecksumType === 'COMPOSITE' || /-\d+"?$/.test(ETag);
  if (inParts || Buffer.from(kept, 'base64').toString('hex') === sha256) return undefined;
  return `${key} is not what was made: its checksum is another`;
};
