import type { Endpoint, EndpointReading } from '../../contracts/certificate.ts';
import { fromMs } from '../../contracts/instant.ts';
import { type AddressReading, readAddress } from './address.ts';
import type { Resolved } from './resolve.ts';
import type { Run } from './run.ts';

/** A reading, and where its first answer leads. */
export type Visit = { reading: EndpointReading; leadsTo?: string; status?: number };

export const visit = async (
  run: Run,
  endpoint: Endpoint,
  { addresses, unresolved }: Resolved,
  path = '/',
): Promise<Visit> => {
  const at = fromMs(Date.now());
  const seen = await Promise.all(addresses.map((address) => readAddress(run, { endpoint, address }, path)));
  const head = seen.find((each) => each.head)?.head;
  const reading: EndpointReading = {
    endpoint,
    at,
    addresses,
    ...(unresolved !== undefined && { unresolved }),
    handshakes: seen.flatMap(({ handshakes }) => handshakes),
    oldVersions: seen.flatMap(({ oldVersions }) => oldVersions),
    hsts: hstsOf(addresses, seen),
    hops: [],
  };
  return {
    reading,
    ...(head && { status: head.status }),
    ...(head?.location !== undefined && { leadsTo: head.location }),
  };
};

/** An address that did not answer HEAD has no entry: that is not the same as no header. */
const hstsOf = (addresses: readonly string[], seen: readonly AddressReading[]): EndpointReading['hsts'] =>
  addresses.flatMap((address, index) => {
    const head = seen[index]?.head;
    return head ? { address, header: head.hsts } : [];
  });
