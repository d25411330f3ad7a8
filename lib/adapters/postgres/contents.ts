import { adapter } from '../../runtime/adapter.ts';
import { databaseLoginSettings, databaseLogins } from '../secrets/database-login.ts';
import { contentsOver } from './contents-over.ts';

export const postgresContents = adapter(databaseLoginSettings, (settings) => contentsOver(databaseLogins(settings)));
