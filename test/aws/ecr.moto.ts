import { CreateRepositoryCommand, ECRClient, PutImageCommand, StartImageScanCommand } from '@aws-sdk/client-ecr';
import { expect, test } from '@jest/globals';
import { ecrImages } from '../../lib/adapters/ecr/images.ts';
import type { Image } from '../../lib/contracts/image.ts';
import { digestOf } from '../contracts/good.ts';
import { describeImages } from '../contracts/images.contract.ts';
import { endpoint, uniqueName } from './account.ts';

const client = new ECRClient();
const prefix = 'evenkeel/';

const push = async (repositoryName: string, { digest, scan }: Image): Promise<void> => {
  const imageManifest = JSON.stringify({ mediaType: 'application/vnd.oci.image.manifest.v1+json', layers: [] });
  await client.send(new PutImageCommand({ repositoryName, imageManifest, imageDigest: digest, imageTag: 'newest' }));
  if (scan.status === 'absent') return;
  const imageId = { imageDigest: digest };
  await client.send(new StartImageScanCommand({ repositoryName, imageId }));
  await arrangeFindings({ repositoryName, imageId, ...findingsOf(scan) });
};

const statuses = { complete: 'COMPLETE', pending: 'IN_PROGRESS', failed: 'FAILED', absent: 'FAILED' };

const findingsOf = (scan: Image['scan']) => {
  const counts = scan.status === 'complete' ? { CRITICAL: scan.critical, HIGH: scan.high, LOW: 9 } : {};
  return { imageScanStatus: { status: statuses[scan.status] }, imageScanFindings: { findingSeverityCounts: counts } };
};

/** The server's own way to say what a scan found. */
const arrangeFindings = async (result: object): Promise<void> => {
  const body = JSON.stringify({ results: [result], region: process.env.AWS_REGION });
  const answer = await fetch(`${endpoint()}/moto-api/static/ecr/scan-finding-results`, { method: 'POST', body });
  expect(answer.status).toBe(201);
};

describeImages('ECR', async () => {
  const service = uniqueName('shop');
  await client.send(new CreateRepositoryCommand({ repositoryName: prefix + service }));
  const port = ecrImages.create({ IMAGE_REPOSITORY_PREFIX: prefix });
  return { port, service, push: (image) => push(prefix + service, image) };
});

test('a service without a repository has no images', async () => {
  const port = ecrImages.create({ IMAGE_REPOSITORY_PREFIX: prefix });
  expect(await port.find('nowhere', digestOf('a'))).toBeUndefined();
});
