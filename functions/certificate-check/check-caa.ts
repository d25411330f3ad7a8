import * as v from 'valibot';
import { dnsCaa } from '../../lib/adapters/dns/caa.ts';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import { caaFindings, caaNamesOf } from '../../lib/domain/certificates/caa-findings.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { stockOfRun } from '../../lib/runtime/certificate-stock.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Whether those who issued our certificates may issue the next ones. */
export const checkCaa = step({
  name: 'CheckCaa',
  input: v.object({}),
  output: v.object({ names: v.number() }),
  async run(ports: Needs<'caa' | 'catalogs' | 'certificates'>, _, call) {
    const section = certificateSectionOf(await ports.catalogs.current());
    const { entries } = await stockOfRun(ports, call.run);
    const names = caaNamesOf(entries);
    const readings = await ports.caa.find(names);
    await ports.certificates.keepFindings(call.run, 'caa', caaFindings(entries, readings, section));
    return { names: names.length };
  },
});

export const handler = lambda(checkCaa, { caa: dnsCaa, catalogs: bundledCatalogs, certificates: dynamoCertificates });
