import { describe, expect, test } from '@jest/globals';
import type { Image } from '../../lib/contracts/image.ts';
import { plusSeconds } from '../../lib/contracts/instant.ts';
import { type GateFacts, judgeGates } from '../../lib/domain/gates/judge-gates.ts';
import { aState } from '../contracts/certificates.contract.ts';
import { anAlarm, aPlan, aPolicy, now, v2 } from '../support/builders.ts';
import { aBackup, aDrill, aRecoveryPolicy } from './recovery/good.ts';

const image: Image = { digest: v2, scan: { status: 'complete', critical: 0, high: 0 } };
const facts = (changes: Partial<GateFacts> = {}): GateFacts => ({
  image,
  alarms: [anAlarm()],
  badReason: undefined,
  freezes: [],
  now,
  ...changes,
});
const judge = (changes: Partial<GateFacts> = {}) => judgeGates(aPlan(), ['errors'], facts(changes));
const verdictOf = (gate: string, changes: Partial<GateFacts>) =>
  judge(changes).checks.find(({ name }) => name === gate)?.verdict;

describe('gates', () => {
  test('pass when all is well, and say what nothing measures yet', () => {
    const { passed, checks } = judge();
    expect(passed).toBe(true);
    expect(checks.find(({ name }) => name === 'backupFresh')).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/names no database/),
    });
  });

  const recovery = [{ database: 'shop-db', policy: aRecoveryPolicy(), backups: [aBackup()], drills: [aDrill()] }];
  test.each(['backupFresh', 'restoreDrillFresh'])('%s looks at the databases of the service', (gate) => {
    expect(verdictOf(gate, { recovery })).toBe('healthy');
    expect(verdictOf(gate, { recovery, now: plusSeconds(now, 40 * 86_400) })).toBe('unhealthy');
    expect(judge({ recovery, now: plusSeconds(now, 40 * 86_400) }).passed).toBe(false);
  });

  test('an inconclusive gate stops where the policy says so', () => {
    const policy = aPolicy({ gates: { backupFresh: { whenInconclusive: 'stop' } } });
    expect(judgeGates(aPlan({ policy }), ['errors'], facts()).passed).toBe(false);
  });

  test('a warning lets only what cannot be told through, no error', () => {
    const policy = aPolicy({ gates: { imageScan: { whenInconclusive: 'warn', maxCritical: 0, maxHigh: 0 } } });
    const pending: Image = { digest: v2, scan: { status: 'pending' } };
    expect(judgeGates(aPlan({ policy }), [], facts({ image: pending })).passed).toBe(true);
    expect(judgeGates(aPlan({ policy }), [], facts({ image: undefined })).passed).toBe(false);
  });

  test('a policy without gates is no pass', () => {
    expect(judgeGates(aPlan({ policy: aPolicy({ gates: {} }) }), [], facts()).passed).toBe(false);
  });

  test.each([
    ['imageScan', 'unhealthy', { image: { digest: v2, scan: { status: 'complete', critical: 1, high: 0 } } }],
    ['imageScan', 'inconclusive', { image: { digest: v2, scan: { status: 'pending' } } }],
    ['imageScan', 'error', { image: undefined }],
    ['alarms', 'unhealthy', { alarms: [anAlarm({ state: 'alarm' })] }],
    ['alarms', 'inconclusive', { alarms: [anAlarm({ acts: false })] }],
    ['alarms', 'inconclusive', { alarms: [] }],
    ['notFoundBad', 'unhealthy', { badReason: 'too many errors' }],
    ['freeze', 'unhealthy', { freezes: [{ from: plusSeconds(now, -1), to: plusSeconds(now, 1), reason: 'holidays' }] }],
    ['freeze', 'healthy', { freezes: [{ from: plusSeconds(now, -9), to: now, reason: 'holidays' }] }],
  ] as [string, string, Partial<GateFacts>][])('%s is %s', (gate, verdict, changes) => {
    expect(verdictOf(gate, changes)).toBe(verdict);
    expect(judge(changes).passed).toBe(verdict === 'healthy');
  });

  describe('certificates', () => {
    const policy = aPolicy({ gates: { certificates: { whenInconclusive: 'warn' } } });
    const ends = (seconds: number, differs: Parameters<typeof aState>[0] = {}) => [
      aState({ health: 'OK', seenAt: now, life: { notBefore: now, notAfter: plusSeconds(now, seconds) }, ...differs }),
    ];
    const gate = (certificates: NonNullable<GateFacts['certificates']>) =>
      judgeGates(aPlan({ policy }), [], facts({ certificates }));
    const day = 86_400;

    test.each<[string, NonNullable<GateFacts['certificates']>, string, RegExp]>([
      ['that outlive the release pass', ends(30 * day), 'healthy', /^https:\/\/shop.example.com:443 ends on /],
      ['that end meanwhile do not', ends(600), 'unhealthy', /ends on .* and the release may go on until/],
      ['that ended do not', ends(-600), 'unhealthy', /ends on/],
      ['of nobody are not known', [], 'inconclusive', /no certificate is known/],
      ['of others are not asked', ends(600, { services: ['other'] }), 'inconclusive', /no certificate is known/],
      ['that are UNKNOWN are no pass', ends(30 * day, { health: 'UNKNOWN' }), 'inconclusive', /UNKNOWN now/],
      [
        'that nobody looked at lately are no pass',
        ends(30 * day, { seenAt: plusSeconds(now, -day) }),
        'inconclusive',
        /last looked at/,
      ],
      [
        'that are BAD for another reason may be what the release repairs',
        ends(30 * day, { health: 'BAD' }),
        'healthy',
        /ends on/,
      ],
    ])('%s', (_, certificates, verdict, reason) => {
      const { passed, checks } = gate(certificates);
      expect(checks).toEqual([{ name: 'certificates', verdict, reason: expect.stringMatching(reason) }]);
      expect(passed).toBe(verdict !== 'unhealthy');
    });
  });
});
