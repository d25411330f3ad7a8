import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BackupFailed } from '../../../lib/contracts/failures.ts';
import { onProduction } from '../databases/production.ts';
import { databaseAddress } from '../postgres/content.ts';
import { assertCanDump, clientPrograms, runProgram } from './client-programs.ts';
import { type Sealed, type Sealing, seal, unseal } from './sealed-file.ts';

/** Errors: `ConfigInvalid` when the programs are missing or too old, `DatabaseBusy`. */
export const assertDumpable = async (stateDir: string): Promise<void> => {
  const programs = clientPrograms();
  const version = await onProduction(stateDir, async (client) => {
    const { rows } = await client.query("SELECT current_setting('server_version') AS version");
    return rows[0].version as string;
  });
  await assertCanDump(programs, version);
};

/** A logical dump by pg_dump, never on a disk but as it is kept. Errors: `BackupFailed` with what pg_dump said. */
export const writeDump = async (stateDir: string, sealing: Sealing): Promise<Sealed> => {
  const { host, port, user, password, database } = await databaseAddress(stateDir);
  // Compressed once, by us; the password goes by the environment, because arguments can be read by others.
  const args = ['--format=custom', '--compress=none', '--no-password', '--host', host, '--port', String(port)];
  const { child, ended } = runProgram(clientPrograms().pg_dump, [...args, '--username', user, database], {
    PGPASSWORD: password,
  });
  child.stdin.end();
  const [sealed] = await Promise.all([seal(child.stdout, sealing), ended]);
  return sealed;
};

/**
 * Reads all of it back: decrypted, decompressed, and every table's data through pg_restore. Rule: what was not read is no backup.
 * Errors: `RecordCorrupt`, `BackupFailed`.
 */
export const readDump = async (sealing: Sealing): Promise<Sealed> => {
  const { child, ended } = runProgram(clientPrograms().pg_restore, ['--file=-'], {});
  let read = 0;
  const counted = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) read += chunk.length;
  };
  const reading = pipeline(child.stdout, counted);
  const [said, sealed] = await Promise.allSettled([
    Promise.all([ended, reading]),
    unseal(sealing, whileOpen(child.stdin)),
  ]);
  if (sealed.status === 'rejected') throw sealed.reason;
  if (said.status === 'rejected') throw said.reason;
  if (read === 0) throw new BackupFailed(`${sealing.path}: nothing can be restored from it`, { path: sealing.path });
  return sealed.value;
};

/**
 * Passes on what a program still takes, and swallows the rest: pg_restore goes when it has all it needs, which may be before the
 * end was told to it. The file is read to its end all the same, because the proof is there; whether it went well the program says.
 */
const whileOpen = (to: Writable): Writable => {
  let waiting = (): void => undefined;
  const passed = (done: () => void): (() => void) => {
    let told = false;
    waiting = () => {
      if (!told) done();
      told = true;
    };
    return waiting;
  };
  // A write that the program did not live to take is never answered.
  to.on('error', () => undefined).once('close', () => waiting());
  return new Writable({
    write: (chunk, _encoding, done) => (to.destroyed ? done() : void to.write(chunk, passed(done))),
    final: (done) => (to.destroyed ? done() : void to.end(passed(done))),
    destroy(error, done) {
      to.destroy();
      done(error);
    },
  });
};
