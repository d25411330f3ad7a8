import { describe, expect, test } from '@jest/globals';
import { fileTextOf } from '../../cli/evidence/file.ts';
import { keysText } from '../../cli/evidence/keys.ts';
import { verifyEvidence } from '../../cli/evidence/verify.ts';
import { documents, evenkeel } from './support/host.ts';
import { aKeyId, anEndedDrill, anotherPublicKey, aPublicKey, aSignedChain } from './support/signed-chain.ts';

const chain = aSignedChain(
  anEndedDrill('shop-d1'),
  anEndedDrill('shop-d2', { verdict: 'unhealthy', reason: 'rows: Zürich is missing' }),
  anEndedDrill('shop-d3'),
);
const text = fileTextOf(chain);
const keys = { [aKeyId]: aPublicKey };
const lines = text.trimEnd().split('\n');

const problemsOf = (changed: string | Uint8Array) => verifyEvidence(Buffer.from(changed), keys).problems;
const verify = (file: string | Uint8Array, ...options: string[]) =>
  evenkeel(
    {
      files: new Map([
        ['shop.jsonl', file],
        ['shop.pem', keysText(keys)],
      ]),
    },
    'evidence',
    'verify',
    'shop.jsonl',
    ...(options.length > 0 ? options : ['--key', 'shop.pem']),
  );

test('what was exported is accepted, without a twin, an account or a network', async () => {
  const { code, out } = await verify(text);
  expect(code).toBe(0);
  expect(out).toContain('3 entries of shop, each hash and signature verified');
  expect(out).toMatch(/2 +shop-d2 +unhealthy +rows: Zürich is missing/);
});

test('in JSON it is one document', async () => {
  const [document] = documents(await verify(text, '--key', 'shop.pem', '--json'));
  expect(document).toMatchObject({ ok: true, database: 'shop', entries: 3, newestHash: chain[2]?.hash });
});

describe('a file with one byte changed is refused', () => {
  const bytes = Buffer.from(fileTextOf(chain.slice(0, 2)));
  const lineOf = (index: number) => 1 + bytes.subarray(0, index).filter((byte) => byte === 0x0a).length;
  const changedAt = (index: number, to: number) => {
    const changed = Buffer.from(bytes);
    changed[index] = to;
    return problemsOf(changed);
  };

  /** Which line, or that it is no text at all; and where a line ends, that this is so no more. */
  const isNamed = (index: number, problems: readonly string[]) => {
    const line = lineOf(index);
    const named = new RegExp(`^((line|entry) (${line}|${line + 1}): .|it is not UTF-8|its last line does not end)`);
    return problems.length > 0 && problems.every((problem) => problem.length > 0) && named.test(problems[0] ?? '');
  };

  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'wherever it is, by its bit %d, and what is wrong is named',
    (bit) => {
      const unnamed = [...bytes.keys()].filter(
        (index) => !isNamed(index, changedAt(index, (bytes[index] ?? 0) ^ (1 << bit))),
      );
      expect(unnamed).toEqual([]);
    },
    30_000,
  );
});

test('and so is one with a byte more or less at its end', () => {
  for (const changed of [`${text}\n`, `${text} `, text.slice(0, -1), text.slice(0, -2)])
    expect(problemsOf(changed)).not.toEqual([]);
});

describe('what is wrong is named', () => {
  test.each([
    ['a verdict made better', text.replace('"unhealthy"', '"healthy"'), 'entry 2: its content is not what was hashed'],
    ['a drill left out', `${lines[0]}\n${lines[2]}\n`, 'entry 2: sequence is 3, expected 2'],
    ['the first left out', `${lines[1]}\n${lines[2]}\n`, 'entry 1: sequence is 2, expected 1'],
    ['two in the wrong order', `${lines[0]}\n${lines[2]}\n${lines[1]}\n`, 'entry 2: sequence is 3'],
    ['another spelling of the same', text.replace('"absent":true', '"absent": true'), 'line 1: it is not canonical'],
    ['no JSON', `${lines[0]}\nnothing\n`, 'line 2: it is not JSON'],
    ['no UTF-8', Buffer.from(text).fill(0xff, 5, 6), 'it is not UTF-8'],
    ['a line that was cut off', text.slice(0, -1), 'its last line does not end'],
    ['nothing', '', 'there is no evidence'],
    ['another key', text.replaceAll('key/4f1c', 'key/0000'), 'key/0000, which is not known'],
  ])('%s', async (_, changed, problem) => {
    const { code, out, err } = await verify(changed);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^EvidenceRefused: shop\.jsonl: /);
    expect(err).toContain(problem);
  });
});

describe('the key', () => {
  const keyed = (pem: string, ...options: string[]) =>
    evenkeel(
      {
        files: new Map([
          ['f', text],
          ['k', pem],
        ]),
      },
      ...['evidence', 'verify', 'f', '--key', 'k', ...options],
    );

  test('from somewhere else is named with --key-id', async () => {
    expect(await keyed(aPublicKey, '--key-id', aKeyId)).toMatchObject({ code: 0 });
  });

  test('with line ends of another system is the same key', async () => {
    expect(await keyed(keysText(keys).replaceAll('\n', '\r\n'))).toMatchObject({ code: 0 });
  });

  test('of somebody else refuses the evidence', async () => {
    const { code, err } = await keyed(anotherPublicKey, '--key-id', aKeyId);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('its signature is not of the key') });
  });

  test.each([
    ['that does not say which it is', aPublicKey, 'do not say which key they are'],
    ['that is none', 'hello', 'no public key in it'],
  ])('%s is refused with what is allowed', async (_, pem, advice) => {
    const { code, err } = await keyed(pem);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^UsageInvalid: --key: .*allowed: /) });
    expect(err).toContain(advice);
  });

  test('is asked for', async () => {
    const { code, err } = await verify(text, '--json');
    expect({ code, err }).toEqual({ code: 2, err: '' });
  });
});

test('a file that is not there is one sentence', async () => {
  const { code, err } = await evenkeel({}, 'evidence', 'verify', 'nothing.jsonl', '--key', 'nothing.pem');
  expect({ code, err }).toEqual({
    code: 2,
    err: 'UsageInvalid: --key: got "nothing.pem", which cannot be read: no such file\n',
  });
});
