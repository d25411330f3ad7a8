import { Route53Client } from '@aws-sdk/client-route-53';
import { clientDefaults } from '../aws/client-defaults.ts';
import { once } from '../once.ts';

export const route53Client = once(() => new Route53Client(clientDefaults));
export const dependency = 'Route 53';
