import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from '@jest/globals';
import { s3EvidenceVault } from '../../lib/adapters/s3/evidence-vault.ts';
import { s3Pages } from '../../lib/adapters/s3/pages.ts';
import { describeEvidence } from '../contracts/evidence.contract.ts';
import { failure } from '../contracts/good.ts';
import { someEvidence } from '../contracts/good-recovery.ts';
import { describePages } from '../contracts/pages.contract.ts';
import { uniqueName } from './account.ts';

const client = new S3Client();

const newVault = async () => {
  const EVIDENCE_BUCKET = uniqueName('evidence');
  await client.send(
    new CreateBucketCommand({
      Bucket: EVIDENCE_BUCKET,
      ObjectLockEnabledForBucket: true,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
  const settings = { EVIDENCE_BUCKET, EVIDENCE_LOCK_MODE: 'COMPLIANCE', EVIDENCE_LOCK_DAYS: 400 } as const;
  return { Bucket: EVIDENCE_BUCKET, port: s3EvidenceVault.create(settings) };
};

describeEvidence('S3', newVault);

describePages('S3', async () => {
  const PAGES_BUCKET = uniqueName('pages');
  const place = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new CreateBucketCommand({ Bucket: PAGES_BUCKET, CreateBucketConfiguration: place }));
  const read = async (Key: string) => {
    try {
      const found = await client.send(new GetObjectCommand({ Bucket: PAGES_BUCKET, Key }));
      return await found.Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  return { port: s3Pages.create({ PAGES_BUCKET }), read };
});

test('what is kept can be deleted by nobody before its time', async () => {
  const { Bucket, port } = await newVault();
  await port.keep(someEvidence(1, 'shop-d1'));
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
  expect(Versions).toHaveLength(2);
  for (const { Key, VersionId } of Versions) {
    const { ObjectLockMode } = await client.send(new HeadObjectCommand({ Bucket, Key, VersionId }));
    expect(ObjectLockMode).toBe('COMPLIANCE');
    const gone = client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    await expect(gone).rejects.toEqual(failure('AccessDenied'));
  }
});

test('keeping it again adds no version', async () => {
  const { Bucket, port } = await newVault();
  for (const _ of ['once', 'again']) await port.keep(someEvidence(1, 'shop-d1'));
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
  expect(Versions).toHaveLength(2);
});
