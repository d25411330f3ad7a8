import type { Image } from '../../contracts/image.ts';
import type { ReleasePolicy } from '../../contracts/policy.ts';
import type { Answered } from './answered.ts';

/** Rule: only a complete scan is an answer; a scan that is pending, failed or absent found nothing because it did not look. */
export const scanClean = (policy: ReleasePolicy['gates']['imageScan'], image: Image | undefined): Answered => {
  if (!image) return { verdict: 'error', reason: 'the image is not in the registry' };
  if (image.scan.status !== 'complete') return { verdict: 'inconclusive', reason: `the scan is ${image.scan.status}` };
  const { critical, high } = image.scan;
  const { maxCritical = 0, maxHigh = 0 } = policy ?? {};
  const found = `${critical} critical and ${high} high findings, ${maxCritical} and ${maxHigh} allowed`;
  return { verdict: critical > maxCritical || high > maxHigh ? 'unhealthy' : 'healthy', reason: found };
};
