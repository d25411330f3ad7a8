import * as v from 'valibot';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { tlsHandshakes } from '../../lib/adapters/tls/handshakes.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import { endpointName } from '../../lib/contracts/certificate.ts';
import { blindTo } from '../../lib/domain/certificates/controls.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { probeEndpoints } from '../../lib/runtime/probe-endpoints.ts';
import { step } from '../../lib/runtime/task.ts';

/** The check's own check: endpoints that are known to be broken go the same way as all others, and must come out red. */
export const probeControls = step({
  name: 'ProbeControls',
  input: v.object({}),
  output: v.object({ blind: v.array(v.string()) }),
  async run(ports: Needs<'handshakes' | 'catalogs' | 'clock'>, _, call) {
    const section = certificateSectionOf(await ports.catalogs.current());
    const { controls } = section;
    if (!controls) return { blind: ['the catalog names no endpoints that must go red'] };
    const places = Object.values(controls).map((endpoint) => ({ endpoint, issued: [] }));
    const findings = await probeEndpoints(ports, places, section, call.remainingMs());
    const of = (control: keyof typeof controls) =>
      findings.find(({ subject }) => subject === endpointName(controls[control]));
    return { blind: blindTo({ expired: of('expired'), wrongChain: of('wrongChain') }) };
  },
});

export const handler = lambda(probeControls, {
  handshakes: tlsHandshakes,
  catalogs: bundledCatalogs,
  clock: systemClock,
});
