import { drillsTable } from '../output/drills.ts';
import { listingCommand } from './listing.ts';

export const drillsCommand = listingCommand({
  name: 'drills',
  summary: 'the drills of a database, newest first, and what each measured',
  of: 'database',
  rows: 'drills',
  read: (ports, database, limit) => ports.drills.recent(database, limit),
  table: drillsTable,
});
