import * as v from 'valibot';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { actors } from '../../lib/contracts/action.ts';
import { resourceKeyOf } from '../../lib/contracts/alarm.ts';
import { Attempt } from '../../lib/contracts/incident.ts';
import { Instant } from '../../lib/contracts/instant.ts';
import { remedyInput } from '../../lib/contracts/remedy.ts';
import { wholeNumber } from '../../lib/contracts/whole-number.ts';
import { actorOf } from '../../lib/domain/remediation/actor-of.ts';
import { chainOf } from '../../lib/domain/remediation/chain-of.ts';
import { firstLook } from '../../lib/domain/remediation/ladder.ts';
import { rungOf } from '../../lib/domain/remediation/rung-of.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { record } from '../../lib/runtime/record.ts';
import { step } from '../../lib/runtime/task.ts';

/** On record before anything is done, with the name that everything it does is stamped with. The same rung is one attempt. */
export const keepAttempt = step({
  name: 'KeepAttempt',
  input: v.object({ ...remedyInput, rung: wholeNumber(0, 7), shadow: v.boolean() }),
  output: v.object({ attempt: Attempt, actor: v.picklist(actors), lookAt: Instant }),
  async run(ports: Needs<'incidents' | 'ledger' | 'clock'>, { incident, wish, rung, shadow }, call) {
    const { change, playbook } = wish;
    const { act, resource } = rungOf(wish, rung);
    await ports.incidents.change(incident, { status: 'open' });
    const attempt = await ports.incidents.attempt({
      id: `${incident}-${rung}`,
      incident,
      playbook: playbook.name,
      resource: resourceKeyOf(resource),
      rung,
      act,
      at: ports.clock.now(),
      shadow,
    });
    await record(ports, call, {
      service: chainOf(change),
      key: `${attempt.id}/attempt`,
      kind: shadow ? 'remedy-in-shadow' : 'remedy-begun',
      says: `${incident}, rung ${rung}: ${act.kind} on ${attempt.resource}${shadow ? ', in shadow: nothing is done' : ''}`,
      data: { attempt: attempt.id, act, resource: attempt.resource },
    });
    return { attempt, actor: shadow ? 'nobody' : actorOf(act.kind), lookAt: firstLook(playbook, rung, attempt.at) };
  },
});

export const handler = lambda(keepAttempt, {
  incidents: dynamoIncidents,
  ledger: dynamoLedger,
  clock: systemClock,
});
