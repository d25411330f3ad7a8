import type { Instant } from '../../../lib/contracts/instant.ts';
import { quoted } from '../postgres/settings.ts';

type Sources = { own: string; archive?: string };

/** The copy's own segments first. It never writes to the archive that it reads. */
const restoreCommand = ({ own, archive }: Sources): string => {
  const copy = (folder: string) => `cp "${folder}/%f" "%p"`;
  return archive ? `if test -f "${own}/%f"; then ${copy(own)}; else ${copy(archive)}; fi` : copy(own);
};

/** PostgreSQL's settings know no ISO 8601 with T and Z. */
const inPostgresWords = (at: Instant): string => at.replace('T', ' ').replace('Z', '+00');

/**
 * Takes the place of postgresql.auto.conf. Until the copy is its own master nobody can ask it anything; it archives nothing
 * and follows nobody.
 */
export const restoredSettings = (sources: Sources, at: Instant | undefined): string =>
  Object.entries({
    listen_addresses: quoted('127.0.0.1'),
    unix_socket_directories: quoted(''),
    archive_mode: 'off',
    archive_command: quoted(''),
    primary_conninfo: quoted(''),
    primary_slot_name: quoted(''),
    hot_standby: 'off',
    // A copy that is lost with its machine is made again.
    fsync: 'off',
    shared_buffers: quoted('64MB'),
    restore_command: quoted(restoreCommand(sources)),
    ...(at ? { recovery_target_time: quoted(inPostgresWords(at)) } : { recovery_target: quoted('immediate') }),
    recovery_target_action: 'promote',
    recovery_target_timeline: 'latest',
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');

/** Nobody gets in: whoever knew production's password could. */
export const refuseAll = 'host all all all reject\n';
/** The one user whose password was made for the copy, from this machine. */
export const admit = (user: string): string =>
  `host all "${user.replaceAll('"', '""')}" 127.0.0.1/32 scram-sha-256\nhost all all all reject\n`;
