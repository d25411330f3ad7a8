import * as v from 'valibot';
import { eksExports } from '../../lib/adapters/kubernetes/exports.ts';
import { BackupPlan } from '../../lib/contracts/backup.ts';
import { ExportKind } from '../../lib/contracts/export.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

/** Begins what the policy asks for beside the snapshot; it goes on by itself while the snapshot is taken. */
export const startExports = step({
  name: 'StartExports',
  input: v.object({ plan: BackupPlan }),
  output: v.object({ begun: v.array(ExportKind) }),
  async run({ exports }: Needs<'exports'>, { plan: { id: backup, instance, policy } }) {
    await forEachOf(policy.exports, (kind) => exports.start({ kind, backup, instance }));
    return { begun: policy.exports };
  },
});

export const handler = lambda(startExports, { exports: eksExports });
