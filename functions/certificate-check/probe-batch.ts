import * as v from 'valibot';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { tlsHandshakes } from '../../lib/adapters/tls/handshakes.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import { Batch } from '../../lib/contracts/certificate-check.ts';
import { ofBatch } from '../../lib/domain/certificates/batches.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { stockOfRun } from '../../lib/runtime/certificate-stock.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { probeEndpoints } from '../../lib/runtime/probe-endpoints.ts';
import { step } from '../../lib/runtime/task.ts';

type ProbeNeeds = Needs<'handshakes' | 'catalogs' | 'certificates' | 'clock'>;

/** Asks a part of all endpoints what they serve, and judges it. What was found is kept; only its number leaves. */
export const probeBatch = step({
  name: 'ProbeBatch',
  input: v.object({ batch: Batch }),
  output: v.object({ found: v.number() }),
  async run(ports: ProbeNeeds, { batch }, call) {
    const section = certificateSectionOf(await ports.catalogs.current());
    const { endpoints } = await stockOfRun(ports, call.run);
    const findings = await probeEndpoints(ports, ofBatch(endpoints, batch), section, call.remainingMs());
    await ports.certificates.keepFindings(call.run, `batch-${batch.part}`, findings);
    return { found: findings.length };
  },
});

export const handler = lambda(probeBatch, {
  handshakes: tlsHandshakes,
  catalogs: bundledCatalogs,
  certificates: dynamoCertificates,
  clock: systemClock,
});
