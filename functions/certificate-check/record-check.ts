import * as v from 'valibot';
import { dynamoCertificates } from '../../lib/adapters/dynamodb/certificates.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { certificateSectionOf } from '../../lib/catalog/certificate-section.ts';
import { CheckEnd, CheckOutcome } from '../../lib/contracts/certificate-check.ts';
import { CertificatesBad, CertificatesUnchecked, CheckerBlind } from '../../lib/contracts/failures.ts';
import { type CheckResult, checkEnded, resultOf, uncheckedResult } from '../../lib/domain/certificates/end-of-check.ts';
import type { Needs } from '../../lib/ports/index.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

type RecordNeeds = Needs<'catalogs' | 'certificates' | 'ledger' | 'outbox' | 'clock'>;

const failures = { 'went-bad': CertificatesBad, blind: CheckerBlind, unchecked: CertificatesUnchecked };

/**
 * The end of a check: told, recorded, kept. Rule: people are told before it is kept that they were. What went bad fails the run
 * after that, so that the alarm on failed runs rings; what was bad before does not ring again.
 */
export const recordCheck = step({
  name: 'RecordCheck',
  input: CheckEnd,
  output: CheckOutcome,
  async run(ports: RecordNeeds, end, call) {
    const result = end.failed ? uncheckedResult(end, end.failed, ports.clock.now()) : await judged(ports, end, call);
    for (const message of result.messages) await ports.outbox.enqueue(message);
    const fact = { ...checkEnded(call.run, result.outcome), run: call.run, at: ports.clock.now() };
    // What was recorded first stays: a repeated step finds nothing new, and must end as the first would have.
    const { data } = await ports.ledger.append(fact);
    await ports.certificates.keep(result.states);
    for (const subject of result.gone) await ports.certificates.forget(subject);
    // What a log showed is kept with the states: a run that judged nothing reads the same again.
    if (!end.failed) await ports.certificates.keepCursors(end.cursors);
    const outcome = v.parse(CheckOutcome, data.outcome);
    if (outcome.status === 'checked') return outcome;
    throw new failures[outcome.status](`${end.name}: ${outcome.says}`, { run: call.run });
  },
});

const judged = async (
  { catalogs, certificates, clock }: RecordNeeds,
  end: CheckEnd,
  { run }: Call,
): Promise<CheckResult> => {
  const section = certificateSectionOf(await catalogs.current());
  const readings = await certificates.readings(run);
  const [before, findings] = [await certificates.all(), await certificates.findings(run)];
  return resultOf({ section, readings, before, findings, now: clock.now() }, end);
};

export const handler = lambda(recordCheck, {
  catalogs: bundledCatalogs,
  certificates: dynamoCertificates,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
