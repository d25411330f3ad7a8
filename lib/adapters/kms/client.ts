import { KMSClient } from '@aws-sdk/client-kms';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const kmsClient = once(() => new KMSClient(clientDefaults));
