import { expect } from '@jest/globals';
import type { LedgerFact } from '../../lib/contracts/ledger.ts';
import type { Message } from '../../lib/contracts/message.ts';
import type { Digest } from '../../lib/contracts/names.ts';
import type { LiveRelease, Release } from '../../lib/contracts/release.ts';

/* Good values; a test states only what differs. */

export const digestOf = (hexDigit: string): Digest => `sha256:${hexDigit.repeat(64)}`;

export const aRelease = (differs: Partial<Release> = {}): Release => ({
  releaseId: 'shop-r1',
  service: 'shop',
  digest: digestOf('b'),
  slot: 'green',
  requestedBy: 'ci',
  status: 'planned',
  plannedAt: '2026-05-01T10:00:00.000Z',
  undo: { slot: 'blue', digest: digestOf('a'), releaseId: 'shop-r0' },
  run: 'arn:aws:states:eu-west-1:123456789012:execution:deployment:shop-r1',
  ...differs,
});

export const aLiveRelease = (differs: Partial<LiveRelease> = {}): LiveRelease => ({
  slot: 'blue',
  digest: digestOf('a'),
  releaseId: 'shop-r0',
  since: '2026-05-01T09:00:00.000Z',
  ...differs,
});

export const aFact = (differs: Partial<LedgerFact> = {}): LedgerFact => ({
  service: 'shop',
  key: 'shop-r1/planned',
  kind: 'planned',
  at: '2026-05-01T10:00:00.000Z',
  run: 'arn:aws:states:eu-west-1:123456789012:execution:deployment:shop-r1',
  says: 'shop-r1 is planned',
  data: { floor: 2, nested: { list: [1, 'two', null] } },
  ...differs,
});

export const aMessage = (differs: Partial<Message> = {}): Message => ({
  id: 'shop-r1/ended',
  service: 'shop',
  kind: 'ended',
  subject: 'shop-r1 was promoted',
  body: 'All checks were healthy.',
  at: '2026-05-01T10:30:00.000Z',
  ...differs,
});

/** The shape of a refusal: failures are known by name, also across process borders. */
export const failure = (name: string) => expect.objectContaining({ name });
