/**
 * Runs the verifying step on a copy, in a process of its own. Usage: node verify.cjs <file: a Verifying as JSON>. Prints how long it
 * took, the worst verdict, and the most memory that was resident: before the step began, and in all.
 */
import { readFile } from 'node:fs/promises';
import { verifyContent } from '../../functions/restore-test/verify-content.ts';
import { contentsOver } from '../../lib/adapters/postgres/contents-over.ts';
import type { Login } from '../../lib/adapters/postgres/login.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import type { Catalog } from '../../lib/contracts/catalog.ts';
import type { DrillPlan } from '../../lib/contracts/drill.ts';
import type { Verified } from '../../lib/contracts/drill-end.ts';
import type { RecoveryPolicy } from '../../lib/contracts/recovery-policy.ts';
import { overall } from '../../lib/domain/verdict/worst.ts';
import { storedBackups } from '../../twin/live/store/backups.ts';
import { openStore } from '../../twin/live/store/database.ts';
import { storedDrills } from '../../twin/live/store/drills.ts';
import { storedLedger } from '../../twin/live/store/ledger.ts';

export type Verifying = { stateDir: string; login: Login; catalog: Catalog; plan: DrillPlan; policy: RecoveryPolicy };

const kilobytesPerMb = 1024;
const peakMb = () => Math.round(process.resourceUsage().maxRSS / kilobytesPerMb);

const verify = async ({ stateDir, login, catalog, plan, policy }: Verifying): Promise<Verified> => {
  const store = openStore(stateDir);
  const ports = {
    backups: storedBackups(store),
    catalogs: { current: async () => catalog },
    clock: systemClock.create({}),
    contents: contentsOver(async () => login),
    drills: storedDrills(store),
    ledger: storedLedger(store),
  };
  const log = { info: () => undefined, error: () => undefined };
  const call = { run: `bench-${process.pid}`, remainingMs: () => Number.POSITIVE_INFINITY, log };
  const { verified } = await verifyContent.run(ports, { plan, policy, unread: null, readings: [], attempt: 0 }, call);
  store.close();
  if (verified) return verified;
  throw new Error('bench: there was time for all tables, and not all were read');
};

const main = async (): Promise<void> => {
  const verifying: Verifying = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
  const startMb = peakMb();
  const startedAt = performance.now();
  const { checks } = await verify(verifying);
  const seconds = (performance.now() - startedAt) / 1000;
  const read = checks.find(({ name }) => name === 'read')?.reason;
  const memory = { startMb, peakMb: peakMb() };
  process.stdout.write(`${JSON.stringify({ seconds, verdict: overall(checks), read, ...memory })}\n`);
};
void main();
