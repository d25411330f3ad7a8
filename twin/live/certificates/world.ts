import * as v from 'valibot';
import { InputInvalid } from '../../../lib/contracts/failures.ts';
import { readRecord } from '../process/durable-file.ts';
import { type DurableValue, openDurable } from '../process/durable-value.ts';
import { paths } from '../process/paths.ts';
import { type Authority, authorityOf } from './authority.ts';
import { type Age, controlFor, issueFor } from './issuer.ts';
import { type LogServer, startLogServer } from './log-server.ts';
import { oldestStarts } from './pods.ts';
import { type Front, openFront } from './shop-front.ts';
import { type Issued, noSites, placeOf, Site, SitesState, servedAt, withIssued } from './sites.ts';

/** Pods come and go; how soon that is seen. */
const betweenLooksMs = 200;

/** The twin's authority, what it issued, and everything that serves it. */
export type TlsWorld = {
  sites: readonly Site[];
  state: DurableValue<SitesState>;
  front: Front;
  log: LogServer;
  authority: Authority;
  /** A new certificate for a host; the same request again changes nothing. Errors: `InputInvalid` for a host that is not ours. */
  renew(host: string, request: string, age?: Age): Promise<Issued>;
  /** The addresses take up the newest now, as if whoever watches the file had told them. */
  reload(host: string, addresses: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

export const openTlsWorld = async (stateDir: string): Promise<TlsWorld> => {
  const sites = (await readRecord(paths.certificates(stateDir, 'sites.json'), v.array(Site))) ?? [];
  const state = await openDurable(paths.certificates(stateDir, 'state.json'), SitesState, noSites);
  const authority = await authorityOf(stateDir);
  const log = await startLogServer(paths.certificates(stateDir, 'log'));
  const starts = await watchPods(stateDir);

  const keep = async (host: string, made: { issued: Issued; chain: Buffer[] }): Promise<Issued> => {
    await log.add(made.chain);
    await state.change((current) => withIssued(current, host, made.issued));
    return made.issued;
  };
  /** One after the other, so that the same request at the same time is one. */
  let renewing: Promise<unknown> = Promise.resolve();
  const renewOnce = async (host: string, request: string, age?: Age): Promise<Issued> => {
    const asked = state.current.renewals[request];
    const found = state.current.issued[host]?.find(({ certificate }) => certificate === asked);
    if (found) return found;
    const issued = await keep(host, await issueFor(authority, host, age));
    await state.change((now) => ({ ...now, renewals: { ...now.renewals, [request]: issued.certificate } }));
    return issued;
  };

  for (const site of sites) {
    if (state.current.issued[site.host]) continue;
    if (site.control) await keepControl(state, site.host, await controlFor(authority, site));
    else await keep(site.host, await issueFor(authority, site.host));
  }

  const front = await openFront(sites, (site, address) => {
    const served = servedAt(state.current, site, address, starts.of(site.service));
    if (!served) throw new InputInvalid(`${site.host}: nothing was issued for it`);
    return served;
  });

  return {
    sites,
    state,
    front,
    log,
    authority,
    async renew(host, request, age) {
      ownSite(sites, host);
      const asked = renewing.then(() => renewOnce(host, request, age));
      renewing = asked.catch(() => undefined);
      return asked;
    },
    async reload(host, addresses) {
      ownSite(sites, host);
      const at = Object.fromEntries(addresses.map((address) => [placeOf(host, address), Date.now()]));
      await state.change((now) => ({ ...now, reloaded: { ...now.reloaded, ...at } }));
    },
    async close() {
      starts.stop();
      await Promise.all([front.close(), log.close()]);
    },
  };
};

/** What is broken on purpose is nobody's issuance, so no log hears of it. */
const keepControl = (state: DurableValue<SitesState>, host: string, issued: Issued): Promise<void> =>
  state.change((current) => withIssued(current, host, issued));

const ownSite = (sites: readonly Site[], host: string): Site => {
  const found = sites.find((site) => site.host === host && !site.control);
  if (found) return found;
  const known = sites.filter(({ control }) => !control).map((site) => site.host);
  throw new InputInvalid(`host: got "${host}", which is not one of ${known.join(', ') || 'none'}`);
};

const watchPods = async (stateDir: string) => {
  let starts = await oldestStarts(stateDir);
  const timer = setInterval(async () => {
    starts = await oldestStarts(stateDir).catch(() => starts);
  }, betweenLooksMs);
  return { of: (service = '') => starts.get(service), stop: () => clearInterval(timer) };
};
