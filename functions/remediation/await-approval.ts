import * as v from 'valibot';
import { dynamoIncidents } from '../../lib/adapters/dynamodb/incidents.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoOutbox } from '../../lib/adapters/dynamodb/outbox.ts';
import { systemClock } from '../../lib/adapters/system/clock.ts';
import { AnswerPending } from '../../lib/contracts/failures.ts';
import { Decision } from '../../lib/contracts/incident.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import type { LedgerEntry } from '../../lib/contracts/ledger.ts';
import { Answer, remedyInput } from '../../lib/contracts/remedy.ts';
import { wholeNumber } from '../../lib/contracts/whole-number.ts';
import { answerKeyOf, noAnswer, question, questionMessage } from '../../lib/domain/remediation/question.ts';
import type { Needs } from '../../lib/ports/index.ts';
import { findFact } from '../../lib/runtime/find-fact.ts';
import { lambda } from '../../lib/runtime/lambda.ts';
import { step } from '../../lib/runtime/task.ts';

type ApprovalNeeds = Needs<'incidents' | 'ledger' | 'outbox' | 'clock'>;

const Question = v.object({ ...remedyInput, rung: wholeNumber(0, 7), decision: Decision });
type Question = v.InferOutput<typeof Question>;

/**
 * Asks once whether the rung may act, and waits for the answer. Rule: the question's deadline is on record, so that a step that is
 * tried again never moves it; and whichever of the answer and the deadline is on record first is what counts.
 */
export const awaitApproval = step({
  name: 'AwaitApproval',
  input: Question,
  output: Answer,
  async run(ports: ApprovalNeeds, asking, call) {
    const { incident, rung } = asking;
    const asked = await ask(ports, asking, call.run);
    const answer = await answered(ports, asked, answerKeyOf(incident, rung));
    if (answer) return answer;
    const now = ports.clock.now();
    if (now < String(asked.data.until))
      throw new AnswerPending(`${incident}: nobody has answered for rung ${rung} yet`, { incident, rung });
    const last = await ports.ledger.append(noAnswer(asking, call.run, now));
    return v.parse(Answer, last.data);
  },
});

const ask = async ({ incidents, ledger, outbox, clock }: ApprovalNeeds, asking: Question, run: string) => {
  const now = clock.now();
  const until = plusSeconds(now, asking.wish.playbook.approvalSeconds);
  const asked = await ledger.append(question(asking, run, now, until));
  await incidents.change(asking.incident, { status: 'asking' });
  await outbox.enqueue(questionMessage(asking, asked));
  return asked;
};

/** It can only stand behind its question. */
const answered = async (
  ports: ApprovalNeeds,
  { service, sequence }: LedgerEntry,
  key: string,
): Promise<Answer | undefined> => {
  const found = await findFact(ports, service, (entry) => entry.key === key, sequence);
  return found && v.parse(Answer, found.data);
};

export const handler = lambda(awaitApproval, {
  incidents: dynamoIncidents,
  ledger: dynamoLedger,
  outbox: dynamoOutbox,
  clock: systemClock,
});
