import { releasesTable } from '../output/releases.ts';
import { listingCommand } from './listing.ts';

export const historyCommand = listingCommand({
  name: 'history',
  summary: 'the releases of a service, newest first',
  of: 'service',
  rows: 'releases',
  read: (ports, service, limit) => ports.releases.recent(service, limit),
  table: releasesTable,
});
