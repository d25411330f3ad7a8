import * as v from 'valibot';
import { type Endpoint, HostName } from '../../contracts/certificate.ts';

/** Where names must be served. A pattern, as `*.example.com`, is no place that could be asked. */
export const endpointsFor = (names: readonly string[], port: number, protocol: Endpoint['protocol']): Endpoint[] =>
  names.filter((host) => v.is(HostName, host)).map((host) => ({ host, port, protocol }));
