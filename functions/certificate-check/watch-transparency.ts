import * as v from 'valibot';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { ctLogs } from '../../lib/adapters/transparency/logs.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import type { SourceReading } from '../../lib/contracts/certificate.ts';
import { LogCursor } from '../../lib/contracts/certificate-check.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { isTransparency, logFinding, loggedEntry } from '../../lib/domain/certificates/judge-transparency.ts';
import type { LogReading } from '../../lib/ports/certificates.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

type WatchNeeds = Needs<'transparency' | 'catalogs' | 'certificates' | 'clock'>;

/** Left for keeping what was found. */
const spareSeconds = 5;

/**
 * What was logged for our domains since the last run. Rule: how far the logs were read is kept with what was found there, by the
 * last step; a run that dies between the two reads the same again.
 */
export const watchTransparency = step({
  name: 'WatchTransparency',
  input: v.object({}),
  output: v.object({ cursors: v.array(LogCursor) }),
  async run(ports: WatchNeeds, _, call) {
    const { domains, policy } = certificateSectionOf(await ports.catalogs.current());
    const seconds = Math.max(1, Math.min(policy.probeSeconds, call.remainingMs() / 1000 - spareSeconds));
    const deadline = plusSeconds(ports.clock.now(), seconds);
    const logs = await ports.transparency.since(await ports.certificates.cursors(), domains, deadline);
    await keepEntries(ports, call.run, logs);
    await ports.certificates.keepFindings(
      call.run,
      'logs',
      logs.map((log) => logFinding(log.log, log)),
    );
    return { cursors: logs.flatMap((log) => (log.state === 'read' ? [log.cursor] : [])) };
  },
});

/** As one more source of the run; again, in place of what it was before. */
const keepEntries = async ({ certificates }: WatchNeeds, run: string, logs: readonly LogReading[]): Promise<void> => {
  const entries = logs.flatMap((log) => (log.state === 'read' ? log.found.map(loggedEntry) : []));
  const others = (await certificates.readings(run)).filter((reading) => !isTransparency(reading));
  const found: SourceReading = { state: 'read', source: 'transparency', entries };
  await certificates.keepReadings(run, [...others, found]);
};

export const handler = lambda(watchTransparency, {
  transparency: ctLogs,
  catalogs: bundledCatalogs,
  certificates: dynamoCertificates,
  clock: systemClock,
});
