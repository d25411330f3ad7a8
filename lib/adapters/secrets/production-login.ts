import { readFileSync } from 'node:fs';
import type { DBInstance } from '@aws-sdk/client-rds';
import * as v from 'valibot';
import { InstanceId } from '../../contracts/database.ts';
import { ConfigInvalid, InstanceNotFound } from '../../contracts/failures.ts';
import { setting } from '../../runtime/config.ts';
import type { Login, LoginFor } from '../postgres/login.ts';
import { rdsClient } from '../rds/client.ts';
import { describeInstance } from '../rds/reading.ts';
import { readSecret } from './read-secret.ts';

/**
 * `DATABASE_SECRETS`: the secret of each database of production, as JSON by instance. `DATABASE_CA_FILE`: the authorities that
 * certificates of databases are issued by, as PEM.
 */
export const productionLoginSettings = {
  DATABASE_SECRETS: v.pipe(setting, v.parseJson(undefined, 'expected JSON'), v.record(InstanceId, setting)),
  DATABASE_CA_FILE: setting,
};
type Settings = { DATABASE_SECRETS: Record<string, string>; DATABASE_CA_FILE: string };

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

export const described = async (id: InstanceId): Promise<DBInstance> => {
  const found = await describeInstance(rdsClient(), id);
  if (found) return found;
  throw new InstanceNotFound(`instance ${id}: does not exist`, { id });
};

/** Without what a certificate is checked by. */
export const productionLogin = async (id: InstanceId, secret: string): Promise<Login> => {
  const { username: user, password, ...rest } = await readSecret(secret, Secret);
  const { DBName, Endpoint } = rest.host && rest.dbname ? {} : await described(id);
  const [host, port] = [rest.host ?? Endpoint?.Address, rest.port ?? Endpoint?.Port ?? 5432];
  if (!host) throw new InstanceNotFound(`instance ${id}: has no address yet`, { id });
  return { host, port, user, password, database: rest.dbname ?? DBName ?? 'postgres', drill: false };
};

export const authorityIn = ({ DATABASE_CA_FILE }: Pick<Settings, 'DATABASE_CA_FILE'>) => ({
  ca: readFileSync(DATABASE_CA_FILE, 'utf8'),
});

/** Of production alone; a drill's copy is not among them. Errors: `ConfigInvalid` for one without a secret. */
export const productionLogins = (settings: Settings): LoginFor => {
  const ssl = authorityIn(settings);
  return async (id) => {
    const secret = settings.DATABASE_SECRETS[id];
    if (secret) return { ...(await productionLogin(id, secret)), ssl };
    const known = Object.keys(settings.DATABASE_SECRETS).join(', ');
    throw new ConfigInvalid(`DATABASE_SECRETS: no secret for ${id}; there are: ${known}`, { id });
  };
};
