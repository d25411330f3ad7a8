import type { Backup } from '../../lib/contracts/backup.ts';
import { secondsBetween } from '../../lib/contracts/instant.ts';
import { secondsText, statusText } from './run.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

const headings = ['BACKUP', 'STATUS', 'PROOF', 'CONTENT OF', 'TOOK', 'SIZE', 'SECOND REGION', 'REASON'];

/** Empty when there are none. */
export const backupsTable = (backups: readonly Backup[], style: Style): string => {
  const rows = backups.map((backup) => rowOf(backup, style));
  return rows.length === 0 ? '' : table([headings.map((heading) => style.dim(heading)), ...rows]);
};

const rowOf = (backup: Backup, style: Style): string[] => {
  const { id, status, proof, takenAt = '', startedAt, endedAt, copied, reason = '' } = backup;
  const took = endedAt ? secondsText(secondsBetween(startedAt, endedAt)) : '';
  const second = copied === undefined ? '' : copied ? 'yes' : style.yellow('no');
  return [id, statusText(status, style), statusText(proof, style), takenAt, took, sizeText(backup), second, reason];
};

const megabyte = 1_000_000;

const sizeText = ({ bytes, storageGib }: Backup): string => {
  if (bytes !== undefined) return `${(bytes / megabyte).toFixed(1)} MB`;
  return storageGib === undefined ? '' : `${storageGib} GiB of storage`;
};
