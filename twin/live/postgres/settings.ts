import { paths } from '../process/paths.ts';

/** A text as a value in postgresql.conf. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A segment appears in the archive whole or not at all, and is never overwritten (PostgreSQL manual, 25.3.1). */
const archiveCommand = (folder: string): string => {
  const kept = `"${folder}/%f"`;
  const draft = `"${folder}/%f.draft"`;
  return `test ! -f ${kept} && cp "%p" ${draft} && mv ${draft} ${kept}`;
};

/** Lines for postgresql.conf: loopback only, archiving from the first write on, small enough for a laptop. */
export const settingsOf = (stateDir: string): string =>
  Object.entries({
    listen_addresses: quoted('127.0.0.1'),
    unix_socket_directories: quoted(''),
    wal_level: 'replica',
    archive_mode: 'on',
    archive_command: quoted(archiveCommand(paths.walArchive(stateDir))),
    archive_timeout: '60s',
    // A copy that follows and is gone must not fill the disk.
    max_slot_wal_keep_size: '1GB',
    shared_buffers: '32MB',
    max_wal_size: '1GB',
    min_wal_size: '32MB',
    max_connections: '60',
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
