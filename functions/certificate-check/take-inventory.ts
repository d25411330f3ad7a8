import * as v from 'valibot';
import { awsInventory } from '../../lib/adapters/certificates/inventory.ts';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import type { SourceReading } from '../../lib/contracts/certificate.ts';
import { Batch } from '../../lib/contracts/certificate-check.ts';
import { batchesOf } from '../../lib/domain/certificates/batches.ts';
import { catalogEntries } from '../../lib/domain/certificates/from-catalog.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { joined } from '../../lib/runtime/certificate-stock.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** What every source knows is kept for the whole run, so that all its steps look at the same. Only the number of parts leaves. */
export const takeInventory = step({
  name: 'TakeInventory',
  input: v.object({ wish: v.unknown() }),
  output: v.object({ batches: v.array(Batch) }),
  async run({ inventory, catalogs, certificates }: Needs<'inventory' | 'catalogs' | 'certificates'>, _, call) {
    const section = certificateSectionOf(await catalogs.current());
    const ofCatalog: SourceReading = { state: 'read', source: 'catalog', entries: catalogEntries(section) };
    const readings = [...(await inventory.read()), ofCatalog];
    await certificates.keepReadings(call.run, readings);
    const { endpoints } = joined(readings, await certificates.all());
    return { batches: batchesOf(endpoints.length, section.policy.batchSize) };
  },
});

export const handler = lambda(takeInventory, {
  inventory: awsInventory,
  catalogs: bundledCatalogs,
  certificates: dynamoCertificates,
});
