import * as v from 'valibot';
import { Endpoint } from '../../../lib/contracts/certificate.ts';
import { ServiceName } from '../../../lib/contracts/names.ts';

/** One certificate that was issued for a host, as PEM, and when: what was newest at some moment follows from it. */
const Issued = v.object({ chain: v.string(), key: v.string(), certificate: v.string(), atMs: v.number() });
export type Issued = v.InferOutput<typeof Issued>;

/**
 * A host that the twin serves. `service`: whose pods read the certificate when they start; without one every address takes up a
 * new one at once. `control`: served broken for ever, so that the check can be checked.
 */
export const Site = v.object({
  ...Endpoint.entries,
  service: v.optional(ServiceName),
  hsts: v.optional(v.boolean(), false),
  control: v.optional(v.picklist(['expired', 'wrong-chain'])),
});
export type Site = v.InferOutput<typeof Site>;

/** What must survive a restart. `reloaded`: by host and address, when it took up what was newest then, without its pods. */
export const SitesState = v.object({
  issued: v.record(v.string(), v.array(Issued)),
  renewals: v.record(v.string(), v.string()),
  reloaded: v.record(v.string(), v.number()),
});
export type SitesState = v.InferOutput<typeof SitesState>;

export const noSites: SitesState = { issued: {}, renewals: {}, reloaded: {} };

const mostKept = 10;

export const withIssued = (state: SitesState, host: string, one: Issued): SitesState => ({
  ...state,
  issued: { ...state.issued, [host]: [...(state.issued[host] ?? []), one].slice(-mostKept) },
});

export const placeOf = (host: string, address: string): string => `${host} ${address}`;

/**
 * What an address serves: the newest certificate that was there when the pods behind it started, or when it was told to take up a
 * new one. `startedAtMs`: of the oldest pod; undefined while there is none.
 */
export const servedAt = (
  { issued, reloaded }: SitesState,
  { host, service }: Pick<Site, 'host' | 'service'>,
  address: string,
  startedAtMs: number | undefined,
): Issued | undefined => {
  const all = issued[host] ?? [];
  if (service === undefined || startedAtMs === undefined) return all.at(-1);
  const tookUpMs = Math.max(startedAtMs, reloaded[placeOf(host, address)] ?? 0);
  return all.filter(({ atMs }) => atMs <= tookUpMs).at(-1) ?? all[0];
};
