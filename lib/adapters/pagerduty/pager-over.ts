import { DependencyThrottled, DependencyUnavailable, PagerRefused } from '../../contracts/failures.ts';
import type { Pager } from '../../ports/pager.ts';
import { changeOf, type Sent, triggerOf } from './event.ts';

const answersWithinMs = 5000;
const mostOfAnAnswer = 300;

/** `url`: where events go. `keyOf`: the secret that says whose pager it is, by rota. */
export type PagerPlace = { url(): Promise<string>; keyOf(rota: string): Promise<string> };

/** Events API v2: 202 is taken, 429 is slow down, any other 4xx will never be taken. */
export const pagerOver = ({ url, keyOf }: PagerPlace): Pager => ({
  call: async (call) => post(await url(), triggerOf(await keyOf(call.rota), call)),
  acknowledge: async (call) => post(await url(), changeOf(await keyOf(call.rota), 'acknowledge', call)),
  resolve: async (call) => post(await url(), changeOf(await keyOf(call.rota), 'resolve', call)),
});

const post = async (url: string, sent: Sent): Promise<void> => {
  const { status, text } = await answerOf(url, sent);
  if (status === 202) return;
  // An answer may repeat what it was sent.
  const says = text.replaceAll(sent.routing_key, '…').slice(0, mostOfAnAnswer);
  const told = `PagerDuty: ${sent.event_action} of ${sent.dedup_key} answered ${status}: ${says}`;
  const data = { status, key: sent.dedup_key };
  if (status === 429) throw new DependencyThrottled(told, data);
  if (status >= 400 && status < 500) throw new PagerRefused(told, data);
  throw new DependencyUnavailable(told, data);
};

const answerOf = async (url: string, sent: Sent): Promise<{ status: number; text: string }> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sent),
      redirect: 'error',
      signal: AbortSignal.timeout(answersWithinMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new DependencyUnavailable('PagerDuty: did not answer', { key: sent.dedup_key }, { cause });
  }
};
