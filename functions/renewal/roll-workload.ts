import * as v from 'valibot';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoReleases } from '../../lib/adapters/dynamodb/releases.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { eksCluster } from '../../lib/adapters/kubernetes/cluster.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import { Certificate, RenewalWish } from '../../lib/contracts/certificate.ts';
import { ChangesFrozen, NothingLive } from '../../lib/contracts/failures.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { leaseOf } from '../../lib/contracts/lease.ts';
import { ServiceName } from '../../lib/contracts/names.ts';
import { notFrozen } from '../../lib/domain/gates/freeze.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type RollNeeds = Needs<'cluster' | 'releases' | 'leases' | 'catalogs' | 'ledger' | 'clock'>;

/** Beyond the time to be served: for a step that dies, and for giving the service back. */
const spareSeconds = 300;

const Rolling = v.object({ name: v.string(), wish: RenewalWish, certificate: Certificate });

/**
 * Starts the pods anew that read their certificate when they start. Rule: it goes through the door of every release. A freeze, or a
 * release that is under way, holds it back; and while it goes on, no release begins. The same certificate is the same restart,
 * however many runs ask for it: pods that do not take it up are not started over and over.
 */
export const rollWorkload = step({
  name: 'RollWorkload',
  input: Rolling,
  output: v.object({ restarted: v.array(ServiceName) }),
  async run(ports: RollNeeds, rolling, call) {
    const catalog = await ports.catalogs.current();
    const { policy } = certificateSectionOf(catalog);
    const { services } = rolling.wish;
    const freeze = notFrozen(catalog.freezes, ports.clock.now());
    if (services.length > 0 && freeze.verdict !== 'healthy')
      throw new ChangesFrozen(`${services.join(', ')}: ${freeze.reason}`, { services });
    for (const service of services) await roll(ports, service, rolling, policy.serveSeconds + spareSeconds, call);
    return { restarted: services };
  },
});

const roll = async (
  ports: RollNeeds,
  service: string,
  { name, certificate }: v.InferOutput<typeof Rolling>,
  leaseSeconds: number,
  call: Call,
): Promise<void> => {
  const { leases, releases, cluster, clock } = ports;
  const now = clock.now();
  const lease = await leases.take(leaseOf(service), name, plusSeconds(now, leaseSeconds), now);
  const live = await releases.live(service);
  if (!live) throw new NothingLive(service);
  await cluster.restart(service, live.slot, certificate.notBefore, lease.token);
  await record(ports, call, {
    service,
    key: `${call.run}/rolled`,
    kind: 'pods-restarted',
    says: `The pods of ${service} ${live.slot} start anew for the certificate of ${certificate.notBefore}`,
    data: { slot: live.slot, token: lease.token, fingerprint: certificate.fingerprint },
  });
};

export const handler = lambda(rollWorkload, {
  cluster: eksCluster,
  releases: dynamoReleases,
  leases: dynamoLeases,
  catalogs: bundledCatalogs,
  ledger: dynamoLedger,
  clock: systemClock,
});
