import { type DistributionSummary, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import type { InventoryEntry } from '../../contracts/certificate.ts';
import { acmIdOf } from './acm.ts';
import { cloudFrontClient } from './clients.ts';
import { endpointsFor } from './endpoints.ts';
import { allPages } from './pages.ts';

/** Every distribution. One that is off serves nothing, and one without names of ours has nothing to show for them. */
export const cloudFrontEntries = async (): Promise<InventoryEntry[]> => {
  const found = await allPages('CloudFront', async (Marker) => {
    const { DistributionList: page } = await cloudFrontClient().send(new ListDistributionsCommand({ Marker }));
    return { items: page?.Items, next: page?.IsTruncated ? page.NextMarker : undefined };
  });
  return found.map(entryOf);
};

const entryOf = ({ Id, Enabled, Aliases, ViewerCertificate: viewer }: DistributionSummary): InventoryEntry => {
  const names = (Aliases?.Items ?? []).map((name) => name.toLowerCase());
  return {
    id: `cloudfront:${Id}`,
    source: 'cloudfront',
    names,
    renewer: 'unknown',
    uses: [
      ...(viewer?.ACMCertificateArn ? [acmIdOf(viewer.ACMCertificateArn)] : []),
      ...(viewer?.IAMCertificateId ? [`iam:${viewer.IAMCertificateId}`] : []),
    ],
    endpoints: Enabled ? endpointsFor(names, 443, 'https') : [],
  };
};
