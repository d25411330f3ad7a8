import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as v from 'valibot';
import { ConfigInvalid } from '../../contracts/failures.ts';
import { calling } from '../aws/failures.ts';
import { secretsClient } from './client.ts';

/** The present version. Errors: `ConfigInvalid` for one that is not of the shape; what it holds is never told. */
export const readSecret = async <T>(id: string, schema: v.GenericSchema<unknown, T>): Promise<T> => {
  const command = new GetSecretValueCommand({ SecretId: id });
  const { SecretString } = await calling('Secrets Manager', () => secretsClient().send(command));
  const parsed = v.safeParse(schema, SecretString);
  if (parsed.success) return parsed.output;
  const wrong = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'the secret').join(', ');
  throw new ConfigInvalid(`secret ${id}: missing or malformed: ${wrong}`, { id });
};
