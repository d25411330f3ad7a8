import * as v from 'valibot';
import { cloudwatchSignals } from '../../lib/adapters/cloudwatch/signals.ts';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { bundledCatalogs } from '../../lib/adapters/file/catalogs.ts';
import { pagerDuty } from '../../lib/adapters/pagerduty/pager.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { CallsNotMade } from '../../lib/contracts/failures.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { IncidentId } from '../../lib/contracts/remedy.ts';
import { Failed } from '../../lib/contracts/rollback.ts';
import { wholeNumber } from '../../lib/contracts/whole-number.ts';
import { calledFact, callMessage, overFact } from '../../lib/domain/on-call/call-facts.ts';
import { callsOf, escalationOf } from '../../lib/domain/on-call/escalation-of.ts';
import { type CallFacts, type NextCall, nextCall } from '../../lib/domain/on-call/next-call.ts';
import { alarmIsOver } from '../../lib/domain/remediation/success.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { alarmState } from '../../lib/runtime/alarm-state.ts';
import type { Call } from '../../lib/runtime/call.ts';
import { forEachOf } from '../../lib/runtime/each.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { reading } from '../../lib/runtime/reading.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

type CallNeeds = Needs<'catalogs' | 'incidents' | 'signals' | 'pager' | 'outbox' | 'ledger' | 'clock'>;

/** `failed`: why a step before this one could not be called. */
const Due = v.object({ incident: IncidentId, step: wholeNumber(0, 8), failed: v.nullable(Failed) });

/**
 * Calls whoever's turn it is, once for each step, until somebody acknowledges the incident. Rule: who could not be called is not forgotten:
 * the run goes on to the others, and fails at its end.
 */
export const callNext = step({
  name: 'CallNext',
  input: Due,
  output: v.object({ next: v.picklist(['wait', 'end']), step: v.number(), until: v.nullable(Instant) }),
  async run(ports: CallNeeds, due, call) {
    const facts = await factsOf(ports, due, call);
    const next = nextCall(facts);
    const acknowledged =
      next.kind === 'call' ? await make(ports, facts, next, call) : await stop(ports, facts, next, call);
    const until = next.kind === 'call' && !acknowledged ? next.until : null;
    if (until === null && due.failed && !acknowledged)
      throw new CallsNotMade(`${due.incident}: not everybody could be called: ${due.failed.error}`, due);
    return { next: until === null ? 'end' : 'wait', step: due.step + 1, until };
  },
});

const factsOf = async (
  ports: CallNeeds,
  { incident: id, step }: v.InferOutput<typeof Due>,
  call: Call,
): Promise<CallFacts> => {
  const { remediation } = await ports.catalogs.current();
  const incident = await ports.incidents.find(id);
  const steps = incident && escalationOf(incident.playbook, remediation);
  if (!incident || !steps || !remediation)
    throw new CallsNotMade(`${id}: it, or its playbook in the catalog, is not known, so nobody knows whom to call`, {
      id,
    });
  const state = await reading(call, 'the alarm', () => alarmState(ports, incident.alarm));
  return { incident, steps, rotas: remediation.rotas, step, over: alarmIsOver(state) === true };
};

/** On every way at once: a pager that is down keeps no message back. True when somebody acknowledged it meanwhile. */
const make = async (
  ports: CallNeeds,
  { incident, step }: CallFacts,
  { call, until }: Extract<NextCall, { kind: 'call' }>,
  { run }: Call,
): Promise<boolean> => {
  const ways = [
    () => ports.pager.call(call),
    () => ports.outbox.enqueue(callMessage(incident, step, call)),
    () => record(ports, { run }, calledFact(incident, step, call, until)),
  ];
  await forEachOf(ways, (way) => way());
  const now = await ports.incidents.find(incident.id);
  if (now?.acknowledgedAt === undefined) return false;
  await ports.pager.acknowledge(call);
  return true;
};

/** What was called is told as well; that it was told twice changes nothing. True when it was acknowledged. */
const stop = async (
  ports: CallNeeds,
  { incident, steps, step }: CallFacts,
  { end }: Extract<NextCall, { kind: 'stop' }>,
  call: Call,
): Promise<boolean> => {
  const made = callsOf(incident.id, steps).slice(0, step);
  if (end === 'acknowledged') await forEachOf(made, (one) => ports.pager.acknowledge(one));
  if (end === 'over') {
    await forEachOf(made, (one) => ports.pager.resolve(one));
    await record(ports, call, overFact(incident, step));
  }
  return end === 'acknowledged';
};

export const handler = lambda(callNext, {
  catalogs: bundledCatalogs,
  incidents: dynamoIncidents,
  signals: cloudwatchSignals,
  pager: pagerDuty,
  outbox: dynamoOutbox,
  ledger: dynamoLedger,
  clock: systemClock,
});
