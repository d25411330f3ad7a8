import { EKSClient } from '@aws-sdk/client-eks';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const eksClient = once(() => new EKSClient(clientDefaults));
