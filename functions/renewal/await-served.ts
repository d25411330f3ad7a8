import * as v from 'valibot';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { tlsHandshakes } from '../../lib/adapters/tls/handshakes.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import { Finding, InventoryEntry, RenewalWish } from '../../lib/contracts/certificate.ts';
import { RenewalPending } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import { judgeEntry } from '../../lib/domain/certificates/judge-entry.ts';
import { isServedEverywhere } from '../../lib/domain/certificates/renewal.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { probeEndpoints } from '../../lib/runtime/probe-endpoints.ts';
import { step } from '../../lib/runtime/task.ts';

/**
 * Looks again at what is served, within its deadline, until every address serves the new certificate. What is found then counts in
 * place of what was found before.
 */
export const awaitServed = step({
  name: 'AwaitServed',
  input: v.object({ wish: RenewalWish, entry: InventoryEntry, since: Instant }),
  output: v.object({ everywhere: v.boolean(), findings: v.array(Finding) }),
  async run(ports: Needs<'handshakes' | 'catalogs' | 'clock'>, { wish, entry, since }, call) {
    const section = certificateSectionOf(await ports.catalogs.current());
    const { certificate } = entry;
    const ofEntry = judgeEntry(entry, section, ports.clock.now());
    if (!certificate || wish.endpoints.length === 0) return { everywhere: false, findings: [ofEntry] };
    const places = wish.endpoints.map((endpoint) => ({ endpoint, issued: [certificate] }));
    const findings = await probeEndpoints(ports, places, section, call.remainingMs());
    const everywhere = isServedEverywhere(findings, certificate);
    if (!everywhere && ports.clock.now() < plusSeconds(since, section.policy.serveSeconds))
      throw new RenewalPending(`${entry.id}: not served everywhere yet`, { subject: entry.id });
    return { everywhere, findings: [...findings, ofEntry] };
  },
});

export const handler = lambda(awaitServed, {
  handshakes: tlsHandshakes,
  catalogs: bundledCatalogs,
  clock: systemClock,
});
