/**
 * Opens an export of a twin: `node twin/live/exports/open.ts --state DIR KIND BACKUP > FILE`. A dump is then what pg_restore
 * reads, a configuration is JSON. What came out counts only when this ends with 0: the proof is at the end of the file.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { ExportKind } from '../../../lib/contracts/export.ts';
import { sealingOf } from './make-export.ts';
import { unseal } from './sealed-file.ts';

const usage = 'node twin/live/exports/open.ts --state DIR dump|configuration BACKUP';

try {
  const { values, positionals } = parseArgs({ options: { state: { type: 'string' } }, allowPositionals: true });
  const [kind, backup] = positionals;
  if (!values.state || !v.is(ExportKind, kind) || !backup) throw new Error(`expected ${usage}`);
  await unseal(await sealingOf(resolve(values.state), kind, backup), process.stdout);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
