import { describe, expect, test } from '@jest/globals';
import type { ControlPlane } from '../../cli/control-plane/control-plane.ts';
import type { Evidence } from '../../lib/contracts/evidence.ts';
import { aBackup, aDrill, anEndedFailover } from '../contracts/good-recovery.ts';
import { aFailoverPlan } from '../domain/failover/builders.ts';
import { documents, evenkeel } from './support/host.ts';
import { aShop } from './support/shop.ts';
import { aChainOf, anEndedDrill, aPublicKey, aSignedChain } from './support/signed-chain.ts';

const database = 'shop-db';

/** The model with records of its database, and a bus that only remembers. */
const aDatabase = async () => {
  const shop = await aShop();
  const sent: { type: string; detail: object }[] = [];
  const send = async (type: string, detail: object) => void sent.push({ type, detail });
  const plane: ControlPlane = { ...shop.plane, events: { send } };
  return { plane, sent, ports: shop.twin.world.ports };
};

const nothingSent = async (...argv: string[]) => {
  const { plane, sent } = await aDatabase();
  const { code, out, err } = await evenkeel({ plane }, ...argv);
  expect({ code, out, sent }).toEqual({ code: 2, out: '', sent: [] });
  return err;
};

describe('backup', () => {
  test('asks for one by an event', async () => {
    const { plane, sent } = await aDatabase();
    const ended = await evenkeel({ plane }, 'backup', database, '--request-id', 'r1', '--no-wait', '--json');
    expect(ended.code).toBe(0);
    const detail = { database, requestedBy: 'alice', requestId: 'r1' };
    expect(sent).toEqual([{ type: 'BackupRequested', detail }]);
    expect(documents(ended)).toEqual([{ type: 'requested', ...detail, name: 'shop-db-r1' }]);
  });

  test('of an unknown database is refused with those that are known', async () => {
    expect(await nothingSent('backup', 'shop-bd')).toMatch(
      /^DatabaseUnknown: .*"shop-bd".*known databases: shop-db\n$/,
    );
  });

  test('names all that is wrong with it at once', async () => {
    const err = await nothingSent('backup', 'Shop', '--as', 'a b', '--request-id', 'ö');
    for (const field of ['database: ', 'requestedBy: ', 'requestId: ']) expect(err).toContain(field);
  });

  test('follows it to its end, and complete is well', async () => {
    const { plane, ports } = await aDatabase();
    await ports.backups.begin(aBackup({ id: 'shop-db-r1', database, status: 'complete' }));
    const { code, out } = await evenkeel({ plane }, 'backup', database, '--request-id', 'r1');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('shop-db-r1 complete: it is unproven') });
  });

  test('that can be restored, but that somebody must look at, ends with code 1', async () => {
    const { plane, ports } = await aDatabase();
    await ports.backups.begin(
      aBackup({ id: 'shop-db-r1', database, status: 'complete', reason: 'its size is unusual' }),
    );
    await ports.ledger.append({
      service: database,
      key: 'run/ended',
      kind: 'ended',
      at: '2026-05-01T10:05:00.000Z',
      run: 'arn:aws:states:eu-west-1:000000000000:execution:backup:shop-db-r1',
      says: 'Backup shop-db-r1 ended: complete, its size is unusual',
      data: { status: 'complete', backup: 'shop-db-r1', problems: ['its size is unusual'] },
    });
    const { code, out } = await evenkeel({ plane }, 'backup', database, '--request-id', 'r1');
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('shop-db-r1 flawed: its size is unusual') });
  });

  test('that failed ends with code 1 and says why', async () => {
    const { plane, ports } = await aDatabase();
    await ports.backups.begin(aBackup({ id: 'shop-db-r1', database, status: 'failed', reason: 'QuotaExceeded: 100' }));
    const { code, out } = await evenkeel({ plane }, 'backup', database, '--request-id', 'r1');
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('shop-db-r1 failed: QuotaExceeded: 100') });
  });
});

describe('drill', () => {
  test.each([
    [[], { kind: 'newest' }],
    [['--newest'], { kind: 'newest' }],
    [['--random', '30'], { kind: 'random', withinDays: 30 }],
    [['--at', '2026-05-01T12:00:00+02:00'], { kind: 'point-in-time', at: '2026-05-01T10:00:00.000Z' }],
    [['--backup', 'shop-db-r1'], { kind: 'backup', id: 'shop-db-r1' }],
  ])('%j asks for the choice it names', async (options, choose) => {
    const { plane, sent } = await aDatabase();
    const ended = await evenkeel({ plane }, 'drill', database, ...options, '--request-id', 'd1', '--no-wait');
    expect(ended.code).toBe(0);
    const detail = { database, choose, requestedBy: 'alice', requestId: 'd1' };
    expect(sent).toEqual([{ type: 'DrillRequested', detail }]);
  });

  test('--damage goes with any choice', async () => {
    const { plane, sent } = await aDatabase();
    await evenkeel({ plane }, 'drill', database, '--random', '7', '--damage', 'flipped-page', '--no-wait');
    expect(sent[0]?.detail).toMatchObject({ choose: { kind: 'random' }, damage: 'flipped-page' });
  });

  test('names all that is wrong with it at once, by the option as it was typed', async () => {
    const options = [
      '--newest',
      '--random',
      '1.5',
      '--at',
      'yesterday',
      '--backup',
      'B 1',
      '--damage',
      'fire',
      '--as',
      '',
    ];
    const err = await nothingSent('drill', database, ...options);
    expect(err).toMatch(/^InputInvalid: [^\n]+\n$/);
    for (const problem of [
      'expected one of --newest, --random, --at and --backup, got --newest and --random and --at and --backup',
      '--random: expected a whole number of days from 1 to 365, got 1.5',
      '--at: expected an ISO 8601 instant, as 2026-05-01T10:00:00Z, got yesterday',
      '--backup: expected <database>-<requestId>, got B 1',
      '--damage: expected one of dropped-table, truncated-wal, flipped-page, wrong-owner, stale, got fire',
      'requestedBy: ',
    ])
      expect(err).toContain(problem);
  });

  test.each(['0', '366', '-1', '', 'ten', '1e2'])('--random %j is not a number of days', async (typed) => {
    expect(await nothingSent('drill', database, `--random=${typed}`)).toContain('--random: expected a whole number');
  });

  test.each(['2026-05-01', '2026-13-01T10:00:00Z', '2026-05-01T10:00:00', '10:00'])(
    '--at %s is not an instant',
    async (typed) => {
      expect(await nothingSent('drill', database, '--at', typed)).toContain('--at: expected an ISO 8601 instant');
    },
  );

  test('an id that is too long to name its copy after is refused before it is asked for', async () => {
    expect(await nothingSent('drill', database, '--request-id', 'x'.repeat(40).concat('-'))).toContain('requestId');
  });

  test('that is healthy ends with code 0 and what was measured', async () => {
    const { plane, ports } = await aDatabase();
    const { plan, outcome } = anEndedDrill('shop-db-d1');
    await ports.drills.open({ plan, status: 'ended', ...(outcome && { outcome }) });
    const ended = await evenkeel({ plane }, 'drill', database, '--request-id', 'd1', '--json');
    expect(ended.code).toBe(0);
    const measured = { rpoSeconds: 31, rtoSeconds: 900, absent: true, costUsd: 0.02, checks: outcome?.checks };
    expect(documents(ended).at(-1)).toMatchObject({ type: 'outcome', ok: true, status: 'healthy', ...measured });
  });

  test.each(['unhealthy', 'error', 'inconclusive'] as const)('that is %s ends with code 1', async (verdict) => {
    const { plane, ports } = await aDatabase();
    await ports.drills.open(anEndedDrill('shop-db-d1', { verdict, reason: 'rows: one is missing' }));
    const { code, out } = await evenkeel({ plane }, 'drill', database, '--request-id', 'd1');
    expect(code).toBe(1);
    expect(out).toContain(`shop-db-d1 ${verdict}: rows: one is missing; RPO 31 s, RTO 15 min 00 s, its copy is gone`);
  });

  test('is not taken for a backup of the same request id', async () => {
    const { plane, ports } = await aDatabase();
    await ports.backups.begin(aBackup({ id: 'shop-db-r1', database, status: 'complete' }));
    await ports.drills.open(anEndedDrill('shop-db-r1', { verdict: 'unhealthy' }));
    expect(await evenkeel({ plane }, 'drill', database, '--request-id', 'r1')).toMatchObject({ code: 1 });
    expect(await evenkeel({ plane }, 'backup', database, '--request-id', 'r1')).toMatchObject({ code: 0 });
  });
});

describe('watch and explain know a drill', () => {
  const fact = (kind: string, says: string) => ({
    service: database,
    key: `shop-db-d1/${kind}`,
    kind,
    at: '2026-05-02T10:00:00.000Z',
    run: 'arn:aws:states:eu-west-1:000000000000:execution:restore-test:shop-db-d1',
    says,
    data: {},
  });

  test.each(['shop-db-d1', 'arn:aws:states:eu-west-1:000000000000:execution:restore-test:shop-db-d1'])(
    'by %s',
    async (run) => {
      const { plane, ports } = await aDatabase();
      await ports.drills.open(anEndedDrill('shop-db-d1'));
      await ports.ledger.append(fact('chosen', 'alice drills the newest backup'));
      const watched = await evenkeel({ plane }, 'watch', run);
      expect({ code: watched.code, out: watched.out }).toEqual({
        code: 0,
        out: expect.stringMatching(/alice drills the newest backup\n.*shop-db-d1 healthy/),
      });
      const explained = await evenkeel({ plane }, 'explain', run);
      expect(explained).toMatchObject({ code: 0, out: expect.stringContaining('The ledger of shop-db is whole') });
    },
  );
});

describe('backups', () => {
  test('are listed with their proof, newest first', async () => {
    const { plane, ports } = await aDatabase();
    await ports.backups.begin(aBackup({ id: 'shop-db-b1', database, status: 'complete', proof: 'proven' }));
    const newer = { startedAt: '2026-05-02T10:00:00.000Z', endedAt: '2026-05-02T10:02:00.000Z', bytes: 12_345_678 };
    await ports.backups.begin(aBackup({ id: 'shop-db-b2', database, status: 'complete', ...newer }));
    const { code, out } = await evenkeel({ plane }, 'backups', database);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^BACKUP .*\nshop-db-b2 +complete +unproven +2 min 00 s +12\.3 MB\nshop-db-b1 +complete +proven/,
    );
  });

  test('show what lies beside the snapshot, or that it does not', async () => {
    const { plane, ports } = await aDatabase();
    const lies = { sha256: 'a'.repeat(64), where: 'there', finishedAt: '2026-05-01T10:00:00.000Z' };
    const exports = {
      dump: { status: 'complete', bytes: 2_340_000, ...lies },
      configuration: { status: 'failed', reason: 'no room' },
    } as const;
    await ports.backups.begin(aBackup({ id: 'shop-db-b1', database, status: 'complete', bytes: 5000, ...exports }));
    const { out } = await evenkeel({ plane }, 'backups', database);
    expect(out).toMatch(/ SIZE +DUMP +CONFIGURATION +SECOND REGION .*\nshop-db-b1 .* 5\.0 kB +2\.3 MB +failed/);
  });

  test('in JSON are the records', async () => {
    const { plane, ports } = await aDatabase();
    await ports.backups.begin(aBackup({ id: 'shop-db-b1', database }));
    const [document] = documents(await evenkeel({ plane }, 'backups', database, '--json'));
    expect(document).toEqual({ database, backups: [aBackup({ id: 'shop-db-b1', database })] });
  });

  test('that are none say so', async () => {
    const { plane } = await aDatabase();
    expect(await evenkeel({ plane }, 'backups', database)).toMatchObject({
      code: 0,
      out: 'shop-db has no backups yet\n',
    });
  });
});

describe('drills', () => {
  test('are listed with what they measured, and a copy that is left stands out', async () => {
    const { plane, ports } = await aDatabase();
    const { plan, ...rest } = anEndedDrill('shop-db-d1', { absent: false });
    await ports.drills.open({ plan: { ...plan, database }, ...rest });
    await ports.drills.open(aDrill({ drill: 'shop-db-d2', database, startedAt: '2026-05-03T10:00:00.000Z' }));
    const { out } = await evenkeel({ plane }, 'drills', database);
    expect(out).toMatch(/^DRILL .*\nshop-db-d2 +open +shop-b1 .*\nshop-db-d1 +healthy +shop-b1 .* 31 s +15 min 00 s/);
    expect(out).toContain('evenkeel-drill-shop-db-d1');
  });

  test.each(['backups', 'drills'])('%s of an unknown database are refused', async (command) => {
    expect(await nothingSent(command, 'nothing')).toMatch(/^DatabaseUnknown: /);
  });
});

/** Two ended drills with their evidence in the vault. */
const withEvidence = async () => {
  const { plane, ports } = await aDatabase();
  const drills = ['shop-db-d1', 'shop-db-d2'].map((id, day) => {
    const { plan, ...rest } = anEndedDrill(id);
    return { plan: { ...plan, database, startedAt: `2026-05-0${day + 1}T10:00:00.000Z` }, ...rest };
  });
  const chain = aSignedChain(...drills);
  for (const drill of drills) await ports.drills.open(drill);
  for (const evidence of chain) await ports.evidence.keep(evidence);
  const signer = { ...ports.signer, publicKey: async () => aPublicKey };
  return { plane: { ...plane, ports: { ...plane.ports, signer } }, chain, files: new Map<string, string>() };
};

describe('evidence show', () => {
  test('tells of the newest, and that the chain is whole', async () => {
    const { code, out } = await evenkeel(await withEvidence(), 'evidence', 'show', database);
    expect(code).toBe(0);
    expect(out).toMatch(/^shop-db-d2 +healthy +evidence 2 of shop-db\n/);
    expect(out).toContain('The evidence of shop-db is whole: 2 entries, each hash and signature verified');
  });

  test('of a drill tells of that one', async () => {
    const shown = await evenkeel(await withEvidence(), 'evidence', 'show', database, '--drill', 'shop-db-d1', '--json');
    expect(documents(shown)[0]).toMatchObject({ evidence: { sequence: 1 }, chain: { ok: true, entries: 2 } });
  });

  test('of a failover tells who said what, and what was done', async () => {
    const { plane, ...rest } = await withEvidence();
    const wish = { ...anEndedFailover().wish, database };
    const drills = rest.chain.flatMap(({ drill }) => (drill ? [{ drill }] : []));
    const failover = anEndedFailover({ wish, plan: aFailoverPlan() });
    await plane.ports.evidence.keep(aChainOf(...drills, { failover }).at(-1) as Evidence);
    const { code, out } = await evenkeel({ plane }, 'evidence', 'show', database, '--failover', 'failover-shop-f1');
    expect(code).toBe(0);
    expect(out).toMatch(/^failover-shop-f1 +refused +evidence 3 of shop-db\n +asked for by alice: the region does not/);
    for (const told of ['RegionNotLost', 'no checker gets an answer', 'is whole: 3 entries'])
      expect(out).toContain(told);
  });

  test('--html also writes the page', async () => {
    const vault = await withEvidence();
    const { code, out } = await evenkeel(vault, 'evidence', 'show', database, '--html', 'drill.html');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Written to drill.html') });
    expect(vault.files.get('drill.html')).toMatch(/^<!doctype html>[\s\S]*drill shop-db-d2/);
  });

  test('ends with code 1 when the vault lost its end', async () => {
    const { plane, ...rest } = await withEvidence();
    const at = async (_: string, sequence: number) => (sequence === 1 ? rest.chain[0] : undefined);
    const evidence = { ...plane.ports.evidence, at };
    const shown = await evenkeel(
      { plane: { ...plane, ports: { ...plane.ports, evidence } } },
      'evidence',
      'show',
      database,
    );
    expect(shown).toMatchObject({ code: 1, out: expect.stringContaining('the chain ends at 1, but the vault') });
  });

  test('of a drill that left none is refused with those that did', async () => {
    const { code, err } = await evenkeel(await withEvidence(), 'evidence', 'show', database, '--drill', 'shop-db-d9');
    expect({ code, err }).toEqual({
      code: 2,
      err: 'EvidenceNotFound: --drill: got "shop-db-d9"; the newest with evidence: shop-db-d1, shop-db-d2\n',
    });
  });
});

describe('evidence export', () => {
  test('writes a file that verify accepts, and the key beside it', async () => {
    const vault = await withEvidence();
    const exported = await evenkeel(vault, 'evidence', 'export', database, '--out', 'shop.jsonl', '--json');
    expect(documents(exported)[0]).toMatchObject({ file: 'shop.jsonl', keyFile: 'shop.jsonl.pem', entries: 2 });
    const { files } = vault;
    const verified = await evenkeel({ files }, 'evidence', 'verify', 'shop.jsonl', '--key', 'shop.jsonl.pem');
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('2 entries of shop-db') });
  });

  test('hands out nothing that verify would refuse', async () => {
    const vault = await withEvidence();
    const changed = vault.chain[0];
    if (changed?.drill) Object.assign(changed.drill.plan, { damage: 'stale' });
    const { code, err } = await evenkeel(vault, 'evidence', 'export', database, '--out', 'shop.jsonl');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^EvidenceRefused: shop-db: entry 1: /) });
    expect(vault.files.size).toBe(0);
  });

  test('of a database without evidence says how to make some', async () => {
    const { plane } = await aDatabase();
    const { code, err } = await evenkeel({ plane }, 'evidence', 'export', database, '--out', 'shop.jsonl');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('make some with: evenkeel drill') });
  });

  test('to a place that is not there is one sentence', async () => {
    const { code, err } = await evenkeel(await withEvidence(), 'evidence', 'export', database, '--out', '/nowhere/f');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^UsageInvalid: --out: .*cannot be written/) });
  });
});

test('a mistyped part of evidence gets the one that was meant', async () => {
  const { code, err } = await evenkeel({}, 'evidence', 'verfiy');
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('(Did you mean verify?)') });
});
