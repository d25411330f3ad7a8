import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const cloudWatchClient = once(() => new CloudWatchClient(clientDefaults));

const byRegion = new Map<string, CloudWatchClient>();

/** The client of another region: one per region and process. */
export const cloudWatchClientOf = (region: string): CloudWatchClient => {
  const known = byRegion.get(region) ?? new CloudWatchClient({ ...clientDefaults, region });
  byRegion.set(region, known);
  return known;
};
