import * as v from 'valibot';
import { HostName } from '../../../lib/contracts/certificate.ts';
import { operation } from '../control/operation.ts';
import { derOf } from './issue.ts';
import type { TlsWorld } from './world.ts';

const days = v.pipe(v.number(), v.minValue(0), v.maxValue(3650));
const Renewal = v.strictObject({
  host: HostName,
  requestId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  ageDays: v.optional(days),
  lifeDays: v.optional(days),
});
const Reload = v.strictObject({ host: HostName, addresses: v.array(v.string()) });

/** What the process with the certificates can be asked on its control port. */
export const tlsOperations = ({ sites, state, front, log, authority, renew, reload }: TlsWorld) => ({
  places: operation(v.strictObject({}), () => front.places),
  sites: operation(v.strictObject({}), () =>
    sites.map((site) => ({ ...site, certificate: state.current.issued[site.host]?.at(-1)?.certificate ?? '' })),
  ),
  anchor: operation(v.strictObject({}), () => ({ certificate: derOf(authority.root).toString('base64') })),
  log: operation(v.strictObject({}), () => ({ url: log.url, key: log.key })),
  renew: operation(Renewal, async ({ host, requestId, ageDays, lifeDays }) => {
    const age = { ...(ageDays !== undefined && { ageDays }), ...(lifeDays !== undefined && { lifeDays }) };
    return { certificate: (await renew(host, requestId, age)).certificate };
  }),
  reload: operation(Reload, ({ host, addresses }) => reload(host, addresses)),
});
export type TlsOperations = ReturnType<typeof tlsOperations>;
