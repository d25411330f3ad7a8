import * as v from 'valibot';
import type { Incident } from '../../lib/contracts/incident.ts';
import { Instant, plusSeconds } from '../../lib/contracts/instant.ts';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import { peopleFor } from '../../lib/domain/on-call/escalation-of.ts';
import { chainOf } from '../../lib/domain/remediation/chain-of.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { readChain } from './chain.ts';

/** `called`: who is asked or was called last. `until`: when the question ends, or the next is called. */
export type OpenAlarm = Pick<
  Incident,
  'resource' | 'status' | 'openedAt' | 'reason' | 'acknowledgedBy' | 'acknowledgedAt'
> & {
  incident: string;
  alarm: string;
  called: string[];
  until: Instant | null;
};

const lookBackSeconds = 7 * 86_400;
const most = 1000;

/** What goes on, and what of the last seven days was given to people. Those that nobody has taken come first. */
export const openAlarms = async ({ ports }: Pick<ControlPlane, 'ports'>): Promise<OpenAlarm[]> => {
  const { incidents, clock } = ports;
  const recent = await incidents.recent(plusSeconds(clock.now(), -lookBackSeconds));
  const known = [...(await incidents.unended(most)), ...recent.filter(({ status }) => status === 'escalated')];
  const chains = new Map<string, LedgerEntry[]>();
  for (const service of new Set(known.map(({ alarm }) => chainOf(alarm))))
    chains.set(service, await readChain(ports, service));
  const { remediation } = await ports.catalogs.current();
  const rows = known.map((one) =>
    alarmOf(one, chains.get(chainOf(one.alarm)) ?? [], peopleFor(one.playbook, remediation)),
  );
  return rows.sort((a, b) => place(a) - place(b) || (a.openedAt < b.openedAt ? 1 : -1));
};

const place = ({ status, acknowledgedBy }: OpenAlarm): number => {
  if (status === 'escalated') return acknowledgedBy ? 3 : 0;
  return status === 'asking' ? 1 : 2;
};

const Called = v.object({ incident: v.string(), person: v.string(), until: v.nullable(Instant) });
const Asked = v.object({ incident: v.string(), until: Instant });

const alarmOf = (incident: Incident, chain: readonly LedgerEntry[], people: string[]): OpenAlarm => {
  const { id, alarm, resource, status, openedAt, reason, acknowledgedBy, acknowledgedAt } = incident;
  return {
    incident: id,
    alarm: alarm.name,
    resource,
    status,
    openedAt,
    ...waitsFor(incident, chain, people),
    ...(reason !== undefined && { reason }),
    ...(acknowledgedBy !== undefined && { acknowledgedBy }),
    ...(acknowledgedAt !== undefined && { acknowledgedAt }),
  };
};

const waitsFor = (
  { id, status }: Incident,
  chain: readonly LedgerEntry[],
  people: string[],
): Pick<OpenAlarm, 'called' | 'until'> => {
  const last = <T extends { incident: string }>(kind: string, schema: v.GenericSchema<unknown, T>): T | undefined => {
    const found = chain.findLast((entry) => entry.kind === kind && entry.data.incident === id);
    return found && v.parse(schema, found.data);
  };
  if (status === 'asking') return { called: people, until: last('approval-asked', Asked)?.until ?? null };
  const called = status === 'escalated' ? last('called', Called) : undefined;
  return { called: called ? [called.person] : [], until: called?.until ?? null };
};
