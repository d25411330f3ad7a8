import * as v from 'valibot';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { route53Dns } from '../../lib/adapters/failover/dns.ts';
import { postgresContents } from '../../lib/adapters/postgres/contents.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { Sentinel } from '../../lib/contracts/content.ts';
import { FailoverPlan, FailoverVerified } from '../../lib/contracts/failover.ts';
import { FailoverNotVerified, FailoverPending } from '../../lib/contracts/failures.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import type { Check } from '../../lib/contracts/verdict.ts';
import { judgeRequests } from '../../lib/domain/failover/judge-requests.ts';
import { judgeSentinel } from '../../lib/domain/failover/judge-sentinel.ts';
import { measureRpo, measureRto } from '../../lib/domain/failover/measure.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type VerifyNeeds = Needs<'dns' | 'contents' | 'ledger' | 'clock'>;

/** It is over when all requests through the names are answered by the second side, and a sentinel was written and read there. */
export const verifyTakeover = step({
  name: 'VerifyTakeover',
  input: v.object({ plan: FailoverPlan, before: v.nullable(Sentinel), since: Instant }),
  output: FailoverVerified,
  async run(ports: VerifyNeeds, { plan, before, since }, call) {
    const { requests } = plan.policy.verify;
    const { written, check } = await trySentinel(ports, plan, before);
    const bad = [check, ...(await askNames(ports, plan))].filter(({ verdict }) => verdict !== 'healthy');
    if (bad.length > 0) throw notYet(plan, bad, ports.clock.now(), since);
    const verifiedAt = ports.clock.now();
    const verified = {
      verifiedAt,
      rtoSeconds: measureRto(plan.startedAt, verifiedAt),
      rpoSeconds: measureRpo(before, plan.lostAt),
      requests: requests * plan.records.length,
      sentinel: { before: before?.sequence ?? null, after: written.sequence },
    };
    await record(ports, call, {
      service: plan.database,
      key: `${call.run}/verified`,
      kind: 'failover-verified',
      says: `All of ${verified.requests} requests were answered by the second side after ${verified.rtoSeconds.toFixed(1)} s; ${check.reason}`,
      data: { verified },
    });
    return verified;
  },
});

/** In a drill the copy goes on from its own newest sentinel, which may be older than the replica's. */
const trySentinel = async (
  { contents, clock }: VerifyNeeds,
  { target, mode }: FailoverPlan,
  before: Sentinel | null,
) => {
  const written = await contents.writeSentinel(target, clock.now());
  const read = await contents.sentinels(target);
  return { written, check: judgeSentinel(written, read, mode === 'drill' ? null : before) };
};

const askNames = ({ dns }: VerifyNeeds, { records, policy }: FailoverPlan): Promise<Check[]> =>
  Promise.all(
    records.map(async (name) =>
      judgeRequests(name, await dns.request(name, policy.verify.requests, policy.path), 'second'),
    ),
  );

const notYet = (plan: FailoverPlan, bad: readonly Check[], now: Instant, since: Instant): Error => {
  const late = now > plusSeconds(since, plan.policy.deadlines.requestsSeconds);
  const reason = bad.map((check) => check.reason).join('; ');
  return new (late ? FailoverNotVerified : FailoverPending)(`${plan.target}: ${reason}`, { plan: plan.name });
};

export const handler = lambda(verifyTakeover, {
  dns: route53Dns,
  contents: postgresContents,
  ledger: dynamoLedger,
  clock: systemClock,
});
