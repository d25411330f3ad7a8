import * as v from 'valibot';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { Attempt } from '../../lib/contracts/incident.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { Observation, RemedyEnd, remedyInput } from '../../lib/contracts/remedy.ts';
import { Failed } from '../../lib/contracts/rollback.ts';
import { afterLook, helpFact } from '../../lib/domain/remediation/after-look.ts';
import { rungOf } from '../../lib/domain/remediation/rung-of.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { type ObserveNeeds, observe } from '../../lib/runtime/observe.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type HelpNeeds = ObserveNeeds & Needs<'ledger' | 'clock'>;

const Look = v.object({
  ...remedyInput,
  attempt: Attempt,
  did: v.nullable(v.string()),
  /** Why it could not be done. */
  impossible: v.nullable(Failed),
  observations: v.array(Observation),
  lookAt: Instant,
});

/** Did it help? One look at the period that is over. Rule: an act is judged by what was seen after it, never by its own answer. */
export const observeHelp = step({
  name: 'ObserveHelp',
  input: Look,
  output: v.object({
    observations: v.array(Observation),
    lookAt: Instant,
    rung: v.number(),
    next: v.picklist(['look', 'rung', 'end']),
    end: v.nullable(RemedyEnd),
  }),
  async run(ports: HelpNeeds, look, call) {
    const { wish, attempt, lookAt } = look;
    const { rung } = rungOf(wish, attempt.rung);
    const period = { wish, actedAt: attempt.at, periodSeconds: rung.periodSeconds, at: lookAt };
    const seen = look.impossible ? [] : [await observe(ports, period, call)];
    const observations = [...look.observations, ...seen];
    const after = afterLook({ ...look, observations });
    if (after.help) {
      const did = look.did ?? after.says;
      await ports.incidents.endAttempt(attempt.id, { did, help: after.help, endedAt: ports.clock.now() });
      await record(ports, call, helpFact(look, after.help, after.says));
    }
    const { lookAt: next, rung: nextRung, next: where, end } = after;
    return { observations, lookAt: next, rung: nextRung, next: where, end };
  },
});

export const handler = lambda(observeHelp, {
  signals: cloudwatchSignals,
  incidents: dynamoIncidents,
  ledger: dynamoLedger,
  clock: systemClock,
});
