import type { Incident } from '../../contracts/incident.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Message } from '../../contracts/message.ts';
import type { PagerCall } from '../../contracts/pager.ts';
import { chainOf } from '../remediation/chain-of.ts';

type Fact = Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says' | 'data'>;
type Called = Pick<Incident, 'id'>;

/** Who was called, and until when nobody else is. */
export const calledFact = ({ id }: Called, step: number, call: PagerCall, until: Instant | null): Fact => ({
  service: call.service,
  key: `${id}/called-${step}`,
  kind: 'called',
  says: `${call.person} (${call.rota}) is called for ${id}${until ? `, and the next at ${until}` : ', the last who is'}`,
  data: { incident: id, step, person: call.person, rota: call.rota, until },
});

/** The same for whoever reads messages; kept also when no pager can be reached. */
export const callMessage = ({ id }: Called, step: number, { service, subject, body, at }: PagerCall): Message => ({
  id: `call-${id}-${step}`,
  service,
  kind: 'remediation',
  subject,
  body,
  at,
});

export const overFact = ({ id, alarm }: Incident, step: number): Fact => ({
  service: chainOf(alarm),
  key: `${id}/calls-over`,
  kind: 'calls-over',
  says: `${alarm.name} is over, so nobody else is called for ${id}`,
  data: { incident: id, step },
});
