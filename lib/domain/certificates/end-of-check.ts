import type { CertificateState, Finding } from '../../contracts/certificate.ts';
import { endpointName } from '../../contracts/certificate.ts';
import type { CheckEnd, CheckOutcome, Undone } from '../../contracts/certificate-check.ts';
import type { CertificateSection } from '../../contracts/certificate-policy.ts';
import type { Instant } from '../../contracts/instant.ts';
import type { LedgerFact } from '../../contracts/ledger.ts';
import type { Message } from '../../contracts/message.ts';
import type { Failed } from '../../contracts/rollback.ts';
import { readCause } from '../release/read-cause.ts';
import { type Facts, judgeAll } from './judge-all.ts';
import { changeMessages } from './messages.ts';
import { type Change, nextStates } from './next-states.ts';
import { cut, unknown } from './say.ts';

/** Everything that a check leaves behind. */
export type CheckResult = { outcome: CheckOutcome; states: CertificateState[]; gone: string[]; messages: Message[] };

const chain = 'evenkeel';
const none = { OK: 0, UNKNOWN: 0, BAD: 0 };

/** What was looked at again after something was done about it counts in place of what was seen before. */
export const resultOf = (
  facts: Facts,
  end: Pick<CheckEnd, 'name' | 'blind' | 'undone' | 'renewals' | 'left'>,
): CheckResult => {
  const again = end.renewals.flatMap(({ findings }) => findings);
  const anew = new Set(again.map(({ subject }) => subject));
  const findings = [...facts.findings.filter(({ subject }) => !anew.has(subject)), ...end.undone.map(undoneFinding)];
  const judgement = judgeAll({ ...facts, findings });
  for (const finding of again) judgement.findings.set(finding.subject, finding);
  const { section, before, now } = facts;
  const { states, changes, gone } = nextStates({
    judgement,
    before,
    servicesAt: servicesOf(section),
    policy: section.policy,
    now,
  });
  const messages = [...changeMessages(changes, now), ...blindMessage(end, now)];
  return { outcome: outcomeOf(states, changes, end), states, gone, messages };
};

const servicesOf = ({ endpoints }: CertificateSection): Map<string, string[]> =>
  new Map(
    endpoints.map((endpoint) => [endpointName(endpoint), endpoint.service === undefined ? [] : [endpoint.service]]),
  );

const undoneFinding = ({ part, error, cause }: Undone): Finding => ({
  subject: `source:${part}`,
  health: 'UNKNOWN',
  reasons: [unknown('undone', `${part} could not be looked at: ${cut(readCause({ error, cause }).reason, 200)}`)],
  served: [],
});

const outcomeOf = (
  states: readonly CertificateState[],
  changes: readonly Change[],
  { blind, renewals, left }: Pick<CheckEnd, 'blind' | 'renewals' | 'left'>,
): CheckOutcome => {
  const counts = { ...none };
  for (const { health } of states) counts[health] += 1;
  const wentBad = changes.filter(({ state }) => state.health !== 'OK');
  const says = [
    `${counts.OK} OK, ${counts.UNKNOWN} UNKNOWN, ${counts.BAD} BAD`,
    ...(wentBad.length > 0
      ? [
          `new: ${wentBad
            .slice(0, 5)
            .map(({ state }) => state.subject)
            .join(', ')}`,
        ]
      : []),
    ...renewals.map(({ subject, status }) => `${subject} ${status}`),
    ...(left > 0 ? [`${left} renewals are left to the next run`] : []),
    ...(blind.length > 0 ? [`blind: ${blind.join('; ')}`] : []),
  ].join('; ');
  const status = blind.length > 0 ? 'blind' : wentBad.length > 0 ? 'went-bad' : 'checked';
  return { status, says, counts };
};

const blindMessage = ({ name, blind }: Pick<CheckEnd, 'name' | 'blind'>, at: Instant): Message[] =>
  blind.length === 0
    ? []
    : [
        {
          id: `blind-${name}`,
          service: chain,
          kind: 'certificate',
          subject: 'the check of certificates is blind',
          body: `what is known to be broken was not found, so no OK of it means anything: ${blind.join('; ')}`,
          at,
        },
      ];

/** Nothing was judged: what was known stays, and people know that it is old. */
export const uncheckedResult = ({ name }: Pick<CheckEnd, 'name'>, failed: Failed, at: Instant): CheckResult => {
  const says = `nothing could be judged: ${cut(readCause(failed).reason, 400)}`;
  const message: Message = {
    id: `unchecked-${name}`,
    service: chain,
    kind: 'certificate',
    subject: `${name}: certificates were not checked`,
    body: says,
    at,
  };
  return { outcome: { status: 'unchecked', says, counts: none }, states: [], gone: [], messages: [message] };
};

export const checkEnded = (
  run: string,
  outcome: CheckOutcome,
): Pick<LedgerFact, 'service' | 'key' | 'kind' | 'says' | 'data'> => ({
  service: chain,
  key: `${run}/ended`,
  kind: 'ended',
  says: `Certificates: ${outcome.says}`,
  data: { status: outcome.status, outcome },
});
