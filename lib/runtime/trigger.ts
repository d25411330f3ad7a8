import * as v from 'valibot';
import { EventUnrecognised } from '../contracts/failures.ts';
import type { Needs, Ports } from '../ports/index.ts';
import type { Call } from './call.ts';
import { problemsOf } from './problems.ts';
import type { Task } from './task.ts';

/** The chain of facts that belong to the control plane itself, not to a service. */
export const controlPlane = 'evenkeel';

/** What every trigger needs to leave a trace of an event it cannot read. */
export type TriggerNeeds = Needs<'ledger' | 'clock'>;

type Definition<P extends Partial<Ports>, E> = {
  name: string;
  event: v.GenericSchema<unknown, E>;
  run(ports: P, event: E, call: Call): Promise<void>;
};

/**
 * One event source to one machine. An event that matches no schema leaves a ledger line and fails with
 * `EventUnrecognised`, so that the platform's dead-letter queue keeps it and its alarm tells somebody.
 */
export const trigger = <P extends TriggerNeeds, E>(definition: Definition<P, E>): Task<P, unknown, undefined> => ({
  kind: 'trigger',
  name: definition.name,
  input: v.unknown(),
  output: v.undefined(),
  async run(ports, raw, call) {
    const parsed = v.safeParse(definition.event, raw);
    if (!parsed.success) return refuse(ports, definition.name, problemsOf(parsed.issues), call);
    await definition.run(ports, parsed.output, call);
  },
});

const refuse = async (ports: TriggerNeeds, trigger: string, problems: string[], call: Call): Promise<never> => {
  const fact = {
    service: controlPlane,
    key: `event-unrecognised-${call.run}`,
    kind: 'event-unrecognised',
    run: call.run,
  };
  const says = `An event that ${trigger} cannot read was set aside: ${problems.join('; ')}`;
  await ports.ledger.append({ ...fact, says, at: ports.clock.now(), data: { trigger, problems } });
  throw new EventUnrecognised(`${trigger}: ${problems.join('; ')}`, { trigger, problems });
};
