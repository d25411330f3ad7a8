import type { InstanceId } from '../../contracts/database.ts';
import { ConfigInvalid } from '../../contracts/failures.ts';
import { setting } from '../../runtime/config.ts';
import type { Login, LoginFor } from '../postgres/login.ts';
import { markIn } from '../rds/tags.ts';
import { drillLogin } from './drill-login.ts';
import { authorityIn, described, productionLogin, productionLoginSettings } from './production-login.ts';

/** `DRILL_KEY_SECRET`: what passwords of drills are made from. */
export const databaseLoginSettings = { ...productionLoginSettings, DRILL_KEY_SECRET: setting };
type Settings = { DATABASE_SECRETS: Record<string, string>; DRILL_KEY_SECRET: string; DATABASE_CA_FILE: string };

/** A password that was changed is known this much later; RDS, asked for each table, would have us slow down. */
const keptMs = 60_000;

export const databaseLogins = (settings: Settings): LoginFor => {
  const kept = new Map<InstanceId, { login: Login; untilMs: number }>();
  const ssl = authorityIn(settings);
  return async (id) => {
    const known = kept.get(id);
    if (known && Date.now() < known.untilMs) return known.login;
    const login = { ...(await freshLogin(id, settings)), ssl };
    kept.set(id, { login, untilMs: Date.now() + keptMs });
    return login;
  };
};

const freshLogin = (id: InstanceId, settings: Settings): Promise<Login> => {
  const secret = settings.DATABASE_SECRETS[id];
  return secret ? productionLogin(id, secret) : loginOfCopy(id, settings);
};

const loginOfCopy = async (id: InstanceId, { DRILL_KEY_SECRET, DATABASE_SECRETS }: Settings): Promise<Login> => {
  const copy = await described(id);
  const mark = markIn(copy.TagList);
  if (mark) return drillLogin(copy, mark, DRILL_KEY_SECRET);
  const known = Object.keys(DATABASE_SECRETS).join(', ');
  throw new ConfigInvalid(`DATABASE_SECRETS: no secret for ${id}, which is no drill's copy; there are: ${known}`, {
    id,
  });
};
