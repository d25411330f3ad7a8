import { RDSClient } from '@aws-sdk/client-rds';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const rdsClient = once(() => new RDSClient(clientDefaults));

const byRegion = new Map<string, RDSClient>();

/** The client of another region: one per region and process. */
export const rdsClientOf = (region: string): RDSClient => {
  const known = byRegion.get(region) ?? new RDSClient({ ...clientDefaults, region });
  byRegion.set(region, known);
  return known;
};
