import { SFNClient } from '@aws-sdk/client-sfn';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const stepFunctionsClient = once(() => new SFNClient(clientDefaults));
