import {
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  ImageNotFoundException,
  RepositoryNotFoundException,
  ScanNotFoundException,
  type ScanStatus,
} from '@aws-sdk/client-ecr';
import type { Image } from '../../contracts/image.ts';
import type { Digest } from '../../contracts/names.ts';
import type { Images } from '../../ports/images.ts';
import { adapter } from '../../runtime/adapter.ts';
import { calling } from '../aws/failures.ts';
import { ecrClient } from './client.ts';
import { repositoryOf, repositorySetting } from './repository.ts';

type Scan = Image['scan'];
type ImageKey = { repositoryName: string; imageId: { imageDigest: Digest } };

/** `ACTIVE` is a finished scan that goes on being brought up to date. Any status not listed here is no answer: `failed`. */
const finished: readonly (ScanStatus | undefined)[] = ['COMPLETE', 'ACTIVE'];
const unfinished: readonly (ScanStatus | undefined)[] = ['PENDING', 'IN_PROGRESS'];

const dependency = 'ECR';

const imagesIn = (prefix: string): Images => ({
  async find(service, digest) {
    const key = { repositoryName: repositoryOf(prefix, service), imageId: { imageDigest: digest } };
    return (await exists(key)) ? { digest, scan: await scanOf(key) } : undefined;
  },
});

const exists = ({ repositoryName, imageId }: ImageKey): Promise<boolean> =>
  calling(dependency, async () => {
    try {
      const found = await ecrClient().send(new DescribeImagesCommand({ repositoryName, imageIds: [imageId] }));
      return (found.imageDetails ?? []).length > 0;
    } catch (error) {
      if (error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException) return false;
      throw error;
    }
  });

const scanOf = (key: ImageKey): Promise<Scan> =>
  calling(dependency, async () => {
    try {
      return readScan(await ecrClient().send(new DescribeImageScanFindingsCommand({ ...key, maxResults: 1 })));
    } catch (error) {
      if (error instanceof ScanNotFoundException) return { status: 'absent' };
      throw error;
    }
  });

type Findings = {
  imageScanStatus?: { status?: ScanStatus | undefined } | undefined;
  imageScanFindings?: { findingSeverityCounts?: Record<string, number> | undefined } | undefined;
};

/** The counts cover all findings, whatever the page. A finished scan without counts is not a clean one. */
const readScan = ({ imageScanStatus, imageScanFindings }: Findings): Scan => {
  const status = imageScanStatus?.status;
  if (unfinished.includes(status)) return { status: 'pending' };
  const counts = imageScanFindings?.findingSeverityCounts;
  if (!finished.includes(status) || !counts) return { status: 'failed' };
  return { status: 'complete', critical: counts.CRITICAL ?? 0, high: counts.HIGH ?? 0 };
};

export const ecrImages = adapter(repositorySetting, ({ IMAGE_REPOSITORY_PREFIX }) => imagesIn(IMAGE_REPOSITORY_PREFIX));
