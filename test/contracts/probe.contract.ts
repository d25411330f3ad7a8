import { describe, expect, test } from '@jest/globals';
import type { Digest, Slot } from '../../lib/contracts/names.ts';
import type { Answer } from '../../lib/contracts/routing.ts';
import type { Probe } from '../../lib/ports/probe.ts';

export type ProbeWorld = {
  port: Probe;
  /** A service with both slots up, and all public traffic on blue. */
  service: string;
  path: string;
  /** What each slot runs. */
  digests: Readonly<Record<Slot, Digest>>;
  /** Public traffic goes to this slot alone from now on. */
  sendAllTo(slot: Slot): Promise<void>;
  /** The slot answers with errors from now on. */
  fail(slot: Slot): Promise<void>;
  /** Nobody listens in the slot from now on. */
  stop(slot: Slot): Promise<void>;
};

const all = (answers: Answer[], expected: Partial<Answer>) => {
  for (const answer of answers) expect(answer).toMatchObject(expected);
};

export const describeProbe = (name: string, make: () => Promise<ProbeWorld>): void => {
  describe(`Probe: ${name}`, () => {
    test('each request has one answer, with its latency', async () => {
      const { port, service, path } = await make();
      const answers = await port.public(service, 7, path);
      expect(answers).toHaveLength(7);
      for (const { latencyMs } of answers) expect(latencyMs).toBeGreaterThanOrEqual(0);
    });

    test('no requests, no answers', async () => {
      const { port, service, path } = await make();
      expect(await port.public(service, 0, path)).toEqual([]);
    });

    test('public answers say which slot and version gave them, and follow the traffic', async () => {
      const { port, service, path, digests, sendAllTo } = await make();
      all(await port.public(service, 4, path), { ok: true, slot: 'blue', digest: digests.blue });
      await sendAllTo('green');
      all(await port.public(service, 4, path), { ok: true, slot: 'green', digest: digests.green });
    });

    test('a slot can be asked before it has traffic', async () => {
      const { port, service, path, digests } = await make();
      all(await port.slot(service, 'green', 4, path), { ok: true, slot: 'green', digest: digests.green });
    });

    test('an error is an answer that is not ok', async () => {
      const { port, service, path, fail } = await make();
      await fail('blue');
      const answers = await port.public(service, 4, path);
      expect(answers).toHaveLength(4);
      all(answers, { ok: false });
    });

    test('a lost answer is an answer that is not ok', async () => {
      const { port, service, path, stop } = await make();
      await stop('green');
      const answers = await port.slot(service, 'green', 4, path);
      expect(answers).toHaveLength(4);
      all(answers, { ok: false });
    });
  });
};
