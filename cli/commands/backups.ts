import { backupsTable } from '../output/backups.ts';
import { listingCommand } from './listing.ts';

export const backupsCommand = listingCommand({
  name: 'backups',
  summary: 'the backups of a database, newest first, and whether each is proven',
  of: 'database',
  rows: 'backups',
  read: (ports, database, limit) => ports.backups.recent(database, limit),
  table: backupsTable,
});
