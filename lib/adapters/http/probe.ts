import * as v from 'valibot';
import { ConfigInvalid } from '../../contracts/failures.ts';
import { Digest, ServiceName, Slot } from '../../contracts/names.ts';
import type { Answer } from '../../contracts/routing.ts';
import type { Probe } from '../../ports/probe.ts';
import { adapter } from '../../runtime/adapter.ts';
import { setting } from '../../runtime/config.ts';
import { inParallel } from './in-parallel.ts';

/** Enough to be quick, too few to be load. */
const atOnce = 8;
const timeoutMs = 5000;

/** Where to knock, and with which headers (a test listener tells the slots apart by one). */
const Address = v.strictObject({
  url: v.pipe(setting, v.url('expected a URL')),
  headers: v.optional(v.record(v.string(), v.string()), {}),
});
type Address = v.InferOutput<typeof Address>;
const Addresses = v.strictObject({ public: Address, blue: Address, green: Address });
type Addresses = v.InferOutput<typeof Addresses>;

/** Addresses by service, as JSON: `{"shop": {"public": {"url": "https://…"}, "blue": {…}, "green": {…}}}`. */
const addressesSetting = {
  PROBE_ADDRESSES: v.pipe(setting, v.parseJson(undefined, 'expected JSON'), v.record(ServiceName, Addresses)),
};

const probeOf = (addresses: Record<string, Addresses>): Probe => {
  const of = (service: string): Addresses => {
    const found = addresses[service];
    if (found) return found;
    const known = Object.keys(addresses).join(', ');
    throw new ConfigInvalid(`PROBE_ADDRESSES: no address for service "${service}", got ${known}`, { service });
  };
  return {
    public: async (service, requests, path) => ask(of(service).public, requests, path),
    slot: async (service, slot, requests, path) => ask(of(service)[slot], requests, path),
  };
};

const ask = ({ url, headers }: Address, requests: number, path: string): Promise<Answer[]> =>
  inParallel(atOnce, requests, () => request(new URL(path, url), headers));

/** A new connection for each request: one that is kept would ask the same target again and again. */
const request = async (url: URL, headers: Record<string, string>): Promise<Answer> => {
  const startedAt = performance.now();
  const answer = await fetch(url, {
    headers: { ...headers, connection: 'close', 'user-agent': 'evenkeel-probe' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
    .then(readAnswer)
    .catch(() => ({ ok: false }));
  return { ...answer, latencyMs: performance.now() - startedAt };
};

/** The whole body counts: an answer that breaks off is a lost one. */
const readAnswer = async (response: Response): Promise<Omit<Answer, 'latencyMs'>> => {
  await response.arrayBuffer();
  const slot = v.safeParse(Slot, response.headers.get('x-evenkeel-slot'));
  const digest = v.safeParse(Digest, response.headers.get('x-evenkeel-digest'));
  return {
    ok: response.ok,
    ...(slot.success && { slot: slot.output }),
    ...(digest.success && { digest: digest.output }),
  };
};

export const httpProbe = adapter(addressesSetting, ({ PROBE_ADDRESSES }) => probeOf(PROBE_ADDRESSES));
