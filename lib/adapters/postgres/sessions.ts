import { adapter } from '../../runtime/adapter.ts';
import { productionLoginSettings, productionLogins } from '../secrets/production-login.ts';
import { sessionsOver } from './sessions-over.ts';

export const postgresSessions = adapter(productionLoginSettings, (settings) =>
  sessionsOver(productionLogins(settings)),
);
