import * as v from 'valibot';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLeases } from '../../lib/adapters/dynamodb/leases.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { Decision } from '../../lib/contracts/incident.ts';
import { Answer, RemedyEnd, remedyInput } from '../../lib/contracts/remedy.ts';
import { wholeNumber } from '../../lib/contracts/whole-number.ts';
import { decide } from '../../lib/domain/remediation/decide.ts';
import { decidedFact } from '../../lib/domain/remediation/decided-fact.ts';
import { goOf } from '../../lib/domain/remediation/go-of.ts';
import { rungOf } from '../../lib/domain/remediation/rung-of.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { type FactNeeds, readFacts } from '../../lib/runtime/guard-facts.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { patientTries } from '../../lib/runtime/reading.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type GuardNeeds = FactNeeds & Needs<'ledger'>;

const Rung = v.object({
  ...remedyInput,
  rung: wholeNumber(0, 7),
  answer: v.nullable(Answer),
  /** How often this was tried before. */
  attempt: wholeNumber(0, 100),
});

/** May this rung act now? Every guard is asked, and what each says is on record, whatever the others said. */
export const guard = step({
  name: 'Guard',
  input: Rung,
  output: v.object({
    go: v.picklist(['act', 'watch', 'ask', 'stop']),
    end: v.nullable(RemedyEnd),
    decision: Decision,
  }),
  async run(ports: GuardNeeds, { incident, wish, rung, answer, attempt }, call) {
    const { act } = rungOf(wish, rung);
    const decision = decide(
      await readFacts(ports, { incident, wish, rung }, { log: call.log, patient: attempt < patientTries }),
    );
    const next = goOf({ decision, act, mode: wish.playbook.mode, answer });
    await record(ports, call, decidedFact({ incident, wish, rung, answer }, decision, next));
    return { ...next, decision };
  },
});

export const handler = lambda(guard, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  leases: dynamoLeases,
  ledger: dynamoLedger,
  clock: systemClock,
});
