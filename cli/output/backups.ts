import type { Backup } from '../../lib/contracts/backup.ts';
import type { Export } from '../../lib/contracts/export.ts';
import { secondsBetween } from '../../lib/contracts/instant.ts';
import { secondsText, statusText } from './run.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

const headings = [
  'BACKUP',
  'STATUS',
  'PROOF',
  'CONTENT OF',
  'TOOK',
  'SIZE',
  'DUMP',
  'CONFIGURATION',
  'SECOND REGION',
  'REASON',
];

/** Empty when there are none. */
export const backupsTable = (backups: readonly Backup[], style: Style): string => {
  const rows = backups.map((backup) => rowOf(backup, style));
  return rows.length === 0 ? '' : table([headings.map((heading) => style.dim(heading)), ...rows]);
};

const rowOf = (backup: Backup, style: Style): string[] => {
  const { id, status, proof, takenAt = '', startedAt, endedAt, copied, reason = '' } = backup;
  const took = endedAt ? secondsText(secondsBetween(startedAt, endedAt)) : '';
  const second = copied === undefined ? '' : copied ? 'yes' : style.yellow('no');
  const exports = [exportText(backup.dump, style), exportText(backup.configuration, style)];
  const states = [statusText(status, style), statusText(proof, style)];
  return [id, ...states, takenAt, took, sizeText(backup), ...exports, second, reason];
};

const megabyte = 1_000_000;
const kilobyte = 1000;

const bytesText = (bytes: number): string =>
  bytes < megabyte / 10 ? `${(bytes / kilobyte).toFixed(1)} kB` : `${(bytes / megabyte).toFixed(1)} MB`;

/** How large it is where it lies; or why it does not. */
const exportText = (made: Export | undefined, style: Style): string => {
  if (made?.status === 'complete') return bytesText(made.bytes);
  return made ? statusText(made.status, style) : '';
};

const sizeText = ({ bytes, storageGib }: Backup): string => {
  if (bytes !== undefined) return bytesText(bytes);
  return storageGib === undefined ? '' : `${storageGib} GiB of storage`;
};
