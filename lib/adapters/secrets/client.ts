import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const secretsClient = once(() => new SecretsManagerClient(clientDefaults));
