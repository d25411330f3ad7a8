import { readFileSync } from 'node:fs';
import type { DBInstance } from '@aws-sdk/client-rds';
import * as v from 'valibot';
import { InstanceId } from '../../contracts/database.ts';
import { ConfigInvalid, InstanceNotFound } from '../../contracts/failures.ts';
import { setting } from '../../runtime/config.ts';
import type { Login, LoginFor } from '../postgres/login.ts';
import { rdsClient } from '../rds/client.ts';
import { describeInstance } from '../rds/reading.ts';
import { markIn } from '../rds/tags.ts';
import { drillLogin } from './drill-login.ts';
import { readSecret } from './read-secret.ts';

/**
 * `DATABASE_SECRETS`: the secret of each database of production, as JSON by instance. `DRILL_KEY_SECRET`: what passwords of
 * drills are made from. `DATABASE_CA_FILE`: the authorities that certificates of databases are issued by, as PEM.
 */
export const databaseLoginSettings = {
  DATABASE_SECRETS: v.pipe(setting, v.parseJson(undefined, 'expected JSON'), v.record(InstanceId, setting)),
  DRILL_KEY_SECRET: setting,
  DATABASE_CA_FILE: setting,
};
type Settings = { DATABASE_SECRETS: Record<string, string>; DRILL_KEY_SECRET: string; DATABASE_CA_FILE: string };

/** As the module `database` writes it, or as RDS does, which leaves out where it is. */
const Secret = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    host: v.optional(v.string()),
    port: v.optional(v.number()),
    username: v.string(),
    password: v.string(),
    dbname: v.optional(v.string()),
  }),
);

/** A password that was changed is known this much later; RDS, asked for each table, would have us slow down. */
const keptMs = 60_000;

export const databaseLogins = (settings: Settings): LoginFor => {
  const kept = new Map<InstanceId, { login: Login; untilMs: number }>();
  const ssl = { ca: readFileSync(settings.DATABASE_CA_FILE, 'utf8') };
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

const described = async (id: InstanceId): Promise<DBInstance> => {
  const found = await describeInstance(rdsClient(), id);
  if (found) return found;
  throw new InstanceNotFound(`instance ${id}: does not exist`, { id });
};

const productionLogin = async (id: InstanceId, secret: string): Promise<Login> => {
  const { username: user, password, ...rest } = await readSecret(secret, Secret);
  const { DBName, Endpoint } = rest.host && rest.dbname ? {} : await described(id);
  const [host, port] = [rest.host ?? Endpoint?.Address, rest.port ?? Endpoint?.Port ?? 5432];
  if (!host) throw new InstanceNotFound(`instance ${id}: has no address yet`, { id });
  return { host, port, user, password, database: rest.dbname ?? DBName ?? 'postgres', drill: false };
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
