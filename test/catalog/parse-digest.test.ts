import { describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../lib/catalog/parse-digest.ts';
import { v1 } from '../support/builders.ts';

const nameOf = (text: string): string => {
  try {
    return parseDigest(text);
  } catch (error) {
    return (error as Error).name;
  }
};

describe('a digest', () => {
  test.each([v1, `app@${v1}`, `registry.example:5000/team/app@${v1}`])('is read from %s', (text) => {
    expect(parseDigest(text)).toBe(v1);
  });

  test.each(['latest', 'app:1.2', '1.2.3', 'registry.example:5000/team/app:v7'])('is not the tag %s', (text) => {
    expect(nameOf(text)).toBe('DigestRequired');
  });

  test('is asked for with the way to get it', () => {
    expect(() => parseDigest('app:1.2')).toThrow(/got the tag "app:1\.2".*resolve it first, e\.g\. aws ecr/);
  });

  test.each(['sha256:12', 'sha1:1234', 'a'.repeat(64), v1.toUpperCase(), 'app@latest', '', 'no digest at all'])(
    'is not %j',
    (text) => {
      expect(nameOf(text)).toBe('DigestMalformed');
    },
  );
});
