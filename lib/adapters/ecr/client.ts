import { ECRClient } from '@aws-sdk/client-ecr';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const ecrClient = once(() => new ECRClient(clientDefaults));
