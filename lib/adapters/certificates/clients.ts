import { ACMClient } from '@aws-sdk/client-acm';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

/** Certificates of CloudFront are kept in this region, wherever everything else is. */
export const edgeRegion = 'us-east-1';

/** ACM answers ten questions a second and is asked about each certificate: it is asked more slowly when it says so. */
const patient = { ...clientDefaults, maxAttempts: 8, retryMode: 'adaptive' };

const byRegion = new Map<string, ACMClient>();

/** `region`: without it the one of the function. */
export const acmClient = (region?: string): ACMClient => {
  const known = byRegion.get(region ?? '') ?? new ACMClient({ ...patient, ...(region && { region }) });
  byRegion.set(region ?? '', known);
  return known;
};

export const cloudFrontClient = once(() => new CloudFrontClient({ ...patient, region: edgeRegion }));
