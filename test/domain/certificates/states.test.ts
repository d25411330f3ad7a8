import { describe, expect, test } from '@jest/globals';
import type { CertificateState, Finding, InventoryEntry, SourceReading } from '../../../lib/contracts/certificate.ts';
import { fromMs, type Instant, plusSeconds } from '../../../lib/contracts/instant.ts';
import { resultOf } from '../../../lib/domain/certificates/end-of-check.ts';
import { judgeAll } from '../../../lib/domain/certificates/judge-all.ts';
import { renewalMessage, renewalOutcome } from '../../../lib/domain/certificates/renewal.ts';
import { wishesOf } from '../../../lib/domain/certificates/wishes.ts';
import { aCertificateSection } from '../../support/builders.ts';
import { certificateIn, dayMs, leafDer, now, nowMs } from './authority.ts';

const section = aCertificateSection({ endpoints: [] });
const place = { host: 'shop.example.com', port: 443, protocol: 'https' } as const;
const placeName = 'https://shop.example.com:443';
const entry = (differs: Partial<InventoryEntry> = {}): InventoryEntry => ({
  id: 'acm:shop',
  source: 'acm',
  names: ['shop.example.com'],
  renewer: 'acm',
  certificate: certificateIn(leafDer()),
  uses: [],
  endpoints: [place],
  ...differs,
});
const read = (...entries: InventoryEntry[]): SourceReading => ({ state: 'read', source: 'acm', entries });
const unread: SourceReading = { state: 'unread', source: 'acm', reason: 'throttled' };
const finding = (health: Finding['health'], rule = 'x', subject = placeName): Finding => ({
  subject,
  health,
  reasons: [{ rule, health, says: `it is ${health}` }],
  served: [],
});

const nothing = { name: 'certificates-c1', blind: [], undone: [], renewals: [], left: 0 };
type Check = { readings?: SourceReading[]; findings?: Finding[]; before?: CertificateState[]; at?: Instant };
const check = (
  { readings = [read(entry())], findings = [finding('OK')], before = [], at = now }: Check = {},
  end = {},
) => resultOf({ section, readings, findings, before, now: at }, { ...nothing, ...end });
const healthOf = ({ states }: ReturnType<typeof check>) =>
  Object.fromEntries(states.map(({ subject, health }) => [subject, health]));
const told = ({ messages }: ReturnType<typeof check>) => messages.map(({ body }) => body);
const hours = (count: number): Instant => plusSeconds(now, count * 3600);

describe('what is told', () => {
  test('nothing while all is well', () => {
    const first = check();
    expect(healthOf(first)).toEqual({ 'acm:shop': 'OK', [placeName]: 'OK' });
    expect(told(first)).toEqual([]);
    expect(first.outcome).toMatchObject({ status: 'checked', counts: { OK: 2, UNKNOWN: 0, BAD: 0 } });
  });

  test('BAD at once, once, and that it is good again', () => {
    const bad = check({ findings: [finding('BAD')], before: check().states });
    expect(told(bad)).toEqual([`${placeName} is BAD: it is BAD`]);
    expect(bad.outcome.status).toBe('went-bad');
    const still = check({ findings: [finding('BAD')], before: bad.states, at: hours(1) });
    expect(told(still)).toEqual([]);
    expect(still.outcome.status).toBe('checked');
    const good = check({ before: still.states, at: hours(2) });
    expect(told(good)).toEqual([`${placeName} is OK again`]);
    expect(told(check({ before: good.states, at: hours(3) }))).toEqual([]);
  });

  test('UNKNOWN only when it lasts longer than its grace, and then once', () => {
    const first = check({ findings: [finding('UNKNOWN')] });
    expect(told(first)).toEqual([]);
    const late = check({ findings: [finding('UNKNOWN')], before: first.states, at: hours(1) });
    expect(told(late)).toEqual([`${placeName} is UNKNOWN for 60 min: it is UNKNOWN`]);
    expect(told(check({ findings: [finding('UNKNOWN')], before: late.states, at: hours(9) }))).toEqual([]);
  });

  test('a blip of UNKNOWN is told to nobody, not even its end', () => {
    const blip = check({ findings: [finding('UNKNOWN')] });
    expect(told(check({ before: blip.states, at: hours(1) }))).toEqual([]);
  });

  test('two runs beside each other tell the same message', () => {
    const before = check().states;
    const [one, other] = [hours(1), plusSeconds(hours(1), 7)].map((at) =>
      check({ findings: [finding('BAD')], before, at }),
    );
    expect(one?.messages[0]?.id).toBe(other?.messages[0]?.id);
  });

  test('hundreds of changes are one message that can be read', () => {
    const entries = Array.from({ length: 300 }, (_, index) =>
      entry({ id: `acm:${index}`, endpoints: [], certificate: certificateIn(leafDer({ toMs: nowMs - 1000 })) }),
    );
    const { messages } = check({ readings: [read(...entries)], findings: [] });
    expect(messages).toHaveLength(1);
    expect(messages[0]?.body.split('\n')).toHaveLength(21);
    expect(messages[0]?.body).toMatch(/and 280 more: evenkeel certificates$/);
  });
});

describe('what is not there any more', () => {
  test('an entry that vanished is UNKNOWN, and says how to forget it', () => {
    const gone = check({ readings: [read()], before: check().states, at: hours(1) });
    expect(healthOf(gone)).toMatchObject({ 'acm:shop': 'UNKNOWN' });
    expect(gone.states.find(({ subject }) => subject === 'acm:shop')).toMatchObject({
      seenAt: now,
      reasons: [
        {
          says: 'acm knows it no more, and did on 2026-05-01 10:00 UTC; if it is gone on purpose: evenkeel certificates forget acm:shop',
        },
        {},
      ],
    });
  });
  test('one whose source was not read is UNKNOWN, and so is the source', () => {
    const silent = check({ readings: [unread], before: check().states, at: hours(1) });
    expect(healthOf(silent)).toEqual({ 'acm:shop': 'UNKNOWN', [placeName]: 'OK', 'source:acm': 'UNKNOWN' });
  });
  test('a source that was never read is no silence', () => {
    expect(healthOf(check({ readings: [unread], findings: [] }))).toEqual({ 'source:acm': 'UNKNOWN' });
  });
  test('a place that nobody names any more is UNKNOWN', () => {
    const moved = check({ readings: [read(entry({ endpoints: [] }))], findings: [], before: check().states });
    expect(healthOf(moved)).toMatchObject({ [placeName]: 'UNKNOWN' });
  });
  test('a place that was not asked is UNKNOWN, never what it was', () => {
    expect(healthOf(check({ findings: [], before: check().states }))).toMatchObject({ [placeName]: 'UNKNOWN' });
  });
  test('a part that could not be done is UNKNOWN', () => {
    const undone = [{ part: 'caa', error: 'DependencyUnavailable', cause: '' }];
    expect(healthOf(check({}, { undone }))).toMatchObject({ 'source:caa': 'UNKNOWN' });
  });
  test('trouble that a source tells of keeps its certificate from being OK', () => {
    expect(healthOf(check({ readings: [read(entry({ trouble: 'renewal failed: CAA' }))] }))).toMatchObject({
      'acm:shop': 'UNKNOWN',
    });
  });
});

describe('what is done', () => {
  const due = (differs: Partial<InventoryEntry> = {}) =>
    entry({
      certificate: certificateIn(leafDer({ fromMs: nowMs - 70 * dayMs, toMs: nowMs + 20 * dayMs })),
      ...differs,
    });
  const wishes = (entries: InventoryEntry[], findings: Finding[] = []) =>
    wishesOf(judgeAll({ section, readings: [read(...entries)], before: [], findings, now }), section.policy, now);

  test('nothing for what is fresh and served', () => expect(wishes([entry()], [finding('OK')]).wishes).toEqual([]));
  test('what is due is renewed, by the moment at which it would go BAD', () => {
    expect(wishes([due()]).wishes).toMatchObject([
      { renew: true, endpoints: [place], deadline: fromMs(nowMs + 11 * dayMs), services: [] },
    ]);
  });
  test('pods that serve an old one are started anew, without a renewal', () => {
    const [wish] = wishes([entry({ service: 'shop' })], [finding('BAD', 'old-leaf')]).wishes;
    expect(wish).toMatchObject({ renew: false, services: ['shop'], endpoints: [place] });
  });
  test('an old one that no pods serve is left to people', () => {
    expect(wishes([entry()], [finding('BAD', 'old-leaf')]).wishes).toEqual([]);
  });
  test('more than one run has time for is left to the next, those that end first come first', () => {
    const many = Array.from({ length: 25 }, (_, index) => due({ id: `acm:${index}`, endpoints: [] }));
    expect(wishes(many)).toMatchObject({ left: 15, wishes: { length: 10 } });
  });
  test('a listener stands for the certificate that it uses', () => {
    const held = entry({ endpoints: [] });
    const listener: InventoryEntry = {
      ...held,
      id: 'listener:1',
      source: 'listener',
      uses: ['acm:shop'],
      endpoints: [place],
    };
    delete listener.certificate;
    const readings = [read(held, listener)];
    const { intended } = judgeAll({ section, readings, before: [], findings: [], now });
    expect(intended.get(placeName)?.issued).toEqual([held.certificate]);
  });
});

describe('how a renewal ended', () => {
  const wish = { entry: entry(), endpoints: [place], renew: true, services: [], deadline: hours(24) };
  const facts = { wish, asked: 'requested' as const, entry: null, served: null, failed: null };
  const status = (differs: object) => renewalOutcome({ ...facts, ...differs }).status;

  test.each<[string, object, string]>([
    ['not issued yet', {}, 'waiting'],
    ['issued and served', { entry: entry(), served: { everywhere: true, findings: [] } }, 'served'],
    ['issued, and not served', { entry: entry(), served: { everywhere: false, findings: [] } }, 'not-served'],
    ['issued, and never looked at', { entry: entry() }, 'not-served'],
    ['only a person can', { asked: 'person' }, 'person'],
    ['refused', { failed: { error: 'RenewalRefused', cause: '' } }, 'refused'],
    ['a release under way', { failed: { error: 'ReleaseAlreadyRunning', cause: '' } }, 'held-back'],
    ['a freeze', { failed: { error: 'ChangesFrozen', cause: '' } }, 'held-back'],
    ['anything else', { failed: { error: 'AccessDenied', cause: '' } }, 'failed'],
  ])('%s', (_, differs, expected) => expect(status(differs)).toBe(expected));

  test('a person is told, with a deadline, once for each certificate', () => {
    const message = renewalMessage(wish, renewalOutcome({ ...facts, asked: 'person' }), now);
    expect(message?.subject).toBe('a person must renew acm:shop by 2026-05-02 10:00 UTC');
    expect(renewalMessage(wish, renewalOutcome({ ...facts, asked: 'person' }), hours(5))?.id).toBe(message?.id);
  });
  test('what goes its way is told to nobody', () => {
    expect(renewalMessage(wish, renewalOutcome(facts), now)).toBeUndefined();
  });
});
