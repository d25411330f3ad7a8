import {
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  ECRClient,
  ImageNotFoundException,
  ScanNotFoundException,
  type ScanStatus,
} from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { ecrImages } from '../../lib/adapters/ecr/images.ts';
import { digestOf, failure } from '../contracts/good.ts';
import { fromEnvironment } from '../support/settings.ts';

const digest = digestOf('a');
const ecr = mockClient(ECRClient);
const images = () => fromEnvironment(ecrImages, { IMAGE_REPOSITORY_PREFIX: '' });
const named = (name: string) => Object.assign(new Error('why'), { name });

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
  ecr.on(DescribeImagesCommand).resolves({ imageDetails: [{ imageDigest: digest }] });
});
afterEach(() => {
  ecr.reset();
});

const scanned = (status: ScanStatus, findingSeverityCounts: Record<string, number> = { HIGH: 1 }) =>
  ecr
    .on(DescribeImageScanFindingsCommand)
    .resolves({ imageScanStatus: { status }, imageScanFindings: { findingSeverityCounts } });

test.each(['COMPLETE', 'ACTIVE'] as const)('a scan that is %s is an answer', async (status) => {
  scanned(status);
  expect(await images().find('shop', digest)).toEqual({ digest, scan: { status: 'complete', critical: 0, high: 1 } });
});

test.each(['PENDING', 'IN_PROGRESS'] as const)('a scan that is %s is pending', async (status) => {
  scanned(status);
  expect(await images().find('shop', digest)).toEqual({ digest, scan: { status: 'pending' } });
});

test.each([
  'FAILED',
  'UNSUPPORTED_IMAGE',
  'FINDINGS_UNAVAILABLE',
  'SCAN_ELIGIBILITY_EXPIRED',
  'LIMIT_EXCEEDED',
] as const)('a scan that is %s failed, whatever it found', async (status) => {
  scanned(status);
  expect(await images().find('shop', digest)).toEqual({ digest, scan: { status: 'failed' } });
});

test('a finished scan without counts is not a clean one', async () => {
  ecr.on(DescribeImageScanFindingsCommand).resolves({ imageScanStatus: { status: 'COMPLETE' } });
  expect(await images().find('shop', digest)).toEqual({ digest, scan: { status: 'failed' } });
});

test('an image that was never scanned says so', async () => {
  ecr.on(DescribeImageScanFindingsCommand).rejects(new ScanNotFoundException({ message: 'none', $metadata: {} }));
  expect(await images().find('shop', digest)).toEqual({ digest, scan: { status: 'absent' } });
});

test('an image that is not there is not found', async () => {
  ecr.on(DescribeImagesCommand).rejects(new ImageNotFoundException({ message: 'none', $metadata: {} }));
  expect(await images().find('shop', digest)).toBeUndefined();
});

test('a question that was throttled is not an answer', async () => {
  ecr.on(DescribeImagesCommand).rejects(named('ThrottlingException'));
  await expect(images().find('shop', digest)).rejects.toEqual(failure('DependencyThrottled'));
});

test('a scan that may not be read is not a missing one', async () => {
  ecr.on(DescribeImageScanFindingsCommand).rejects(named('AccessDeniedException'));
  await expect(images().find('shop', digest)).rejects.toEqual(failure('AccessDenied'));
});

test('the prefix must be set, even when it is empty', () => {
  expect(() => fromEnvironment(ecrImages, {})).toThrow(/IMAGE_REPOSITORY_PREFIX/);
});
