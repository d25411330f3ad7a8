import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern, InvalidEventPattern } from '../../twin/bus/pattern/index.ts';

const anEvent = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '123456789012',
  time: '2026-05-01T10:00:00Z',
  region: 'eu-west-1',
  resources: ['arn:aws:ec2:eu-west-1:123456789012:instance/i-1', 'arn:aws:ec2:eu-west-1:123456789012:instance/i-2'],
  detail: {
    state: 'running',
    'instance-id': 'i-1',
    count: 5,
    ratio: 0.25,
    ready: true,
    reason: null,
    empty: '',
    nothing: [],
    address: '10.0.0.5',
    address6: '2001:db8::1',
    file: 'folder/a*b.png',
    nested: { level: { deep: 'value' } },
    list: [
      { name: 'a', size: 1 },
      { name: 'b', size: 2 },
    ],
  },
};

/** A pattern of one field of the detail. */
const detail = (pattern: unknown) => ({ detail: pattern });

describe('a pattern matches', () => {
  test.each<[string, unknown]>([
    ['one exact value', { source: ['aws.ec2'] }],
    ['any of several values', { source: ['aws.s3', 'aws.ec2'] }],
    ['several fields at once', { source: ['aws.ec2'], region: ['eu-west-1'] }],
    ['any element of a list in the event', { resources: ['arn:aws:ec2:eu-west-1:123456789012:instance/i-2'] }],
    ['a number', detail({ count: [5] })],
    ['a boolean', detail({ ready: [true] })],
    ['null', detail({ reason: [null] })],
    ['an empty text', detail({ empty: [''] })],
    ['a nested field', detail({ nested: { level: { deep: ['value'] } } })],
    ['a prefix', { source: [{ prefix: 'aws.' }] }],
    ['a prefix in any case', { source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] }],
    ['a suffix', { source: [{ suffix: '.ec2' }] }],
    ['a suffix in any case', { source: [{ suffix: { 'equals-ignore-case': '.EC2' } }] }],
    ['a text in any case', detail({ state: [{ 'equals-ignore-case': 'RUNNING' }] })],
    ['anything but a text', detail({ state: [{ 'anything-but': 'stopped' }] })],
    ['anything but a list of texts', detail({ state: [{ 'anything-but': ['stopped', 'pending'] }] })],
    ['anything but a number', detail({ count: [{ 'anything-but': 4 }] })],
    ['anything but a list of numbers', detail({ count: [{ 'anything-but': [1, 2] }] })],
    ['anything but a prefix', detail({ state: [{ 'anything-but': { prefix: 'stop' } }] })],
    ['anything but a list of prefixes', detail({ state: [{ 'anything-but': { prefix: ['stop', 'init'] } }] })],
    ['anything but a suffix', detail({ state: [{ 'anything-but': { suffix: 'ed' } }] })],
    ['anything but a list of suffixes', detail({ state: [{ 'anything-but': { suffix: ['ed', 'er'] } }] })],
    ['anything but a text in any case', detail({ state: [{ 'anything-but': { 'equals-ignore-case': 'STOPPED' } }] })],
    ['anything but texts in any case', detail({ state: [{ 'anything-but': { 'equals-ignore-case': ['A', 'B'] } }] })],
    ['anything but a wildcard', detail({ state: [{ 'anything-but': { wildcard: 's*d' } }] })],
    ['anything but a list of wildcards', detail({ state: [{ 'anything-but': { wildcard: ['s*d', '*er'] } }] })],
    ['anything but, of another type', detail({ ready: [{ 'anything-but': 'true' }] })],
    ['numeric equality', detail({ count: [{ numeric: ['=', 5] }] })],
    ['numeric less', detail({ count: [{ numeric: ['<', 6] }] })],
    ['numeric at most', detail({ count: [{ numeric: ['<=', 5] }] })],
    ['numeric more', detail({ ratio: [{ numeric: ['>', 0.2] }] })],
    ['numeric at least', detail({ count: [{ numeric: ['>=', 5] }] })],
    ['a numeric range', detail({ count: [{ numeric: ['>', 0, '<=', 5] }] })],
    ['a field that exists', detail({ state: [{ exists: true }] })],
    ['null exists', detail({ reason: [{ exists: true }] })],
    ['a field that does not exist', detail({ other: [{ exists: false }] })],
    ['an empty list is absent', detail({ nothing: [{ exists: false }] })],
    ['a field of something absent is absent', detail({ other: { deeper: [{ exists: false }] } })],
    ['a field of a text is absent', detail({ state: { deeper: [{ exists: false }] } })],
    ['an object is no leaf, so absent', detail({ nested: [{ exists: false }] })],
    ['absent or a value', detail({ state: [{ exists: false }, 'running'] })],
    ['a wildcard in the middle', { source: [{ wildcard: 'a*2' }] }],
    ['a wildcard that stands for nothing', { source: [{ wildcard: 'aws.ec2*' }] }],
    ['an escaped star', detail({ file: [{ wildcard: 'folder/a\\*b.*' }] })],
    ['an IPv4 block', detail({ address: [{ cidr: '10.0.0.0/24' }] })],
    ['an IPv6 block', detail({ address6: [{ cidr: '2001:db8::/32' }] })],
    ['one side of $or', { $or: [{ source: ['aws.s3'] }, { region: ['eu-west-1'] }] }],
    ['$or beside a field', { source: ['aws.ec2'], $or: [{ account: ['x'] }, { region: ['eu-west-1'] }] }],
    ['$or in the detail', detail({ $or: [{ state: ['stopped'] }, { count: [5] }] })],
    ['$or inside $or', { $or: [{ source: ['x'] }, { $or: [{ source: ['y'] }, { source: ['aws.ec2'] }] }] }],
    ['two fields of one element of a list', detail({ list: { name: ['b'], size: [2] } })],
  ])('%s', (_, pattern) => {
    expect(compilePattern(pattern)(anEvent)).toBe(true);
  });
});

describe('a pattern does not match', () => {
  test.each<[string, unknown]>([
    ['another value', { source: ['aws.s3'] }],
    ['when one of the fields differs', { source: ['aws.ec2'], region: ['us-east-1'] }],
    ['a text for a number', detail({ count: ['5'] })],
    ['a text for a boolean', detail({ ready: ['true'] })],
    ['null for a missing field', detail({ other: [null] })],
    ['a text of another case', { source: ['AWS.ec2'] }],
    ['anything-but for a missing field', detail({ other: [{ 'anything-but': 'x' }] })],
    ['anything-but for the text itself', detail({ state: [{ 'anything-but': ['running'] }] })],
    ['a number in a text', { account: [{ numeric: ['>', 0] }] }],
    ['the open end of a range', detail({ count: [{ numeric: ['>', 5, '<', 9] }] })],
    ['exists for a missing field', detail({ other: [{ exists: true }] })],
    ['exists for an object', detail({ nested: [{ exists: true }] })],
    ['exists for an empty list', detail({ nothing: [{ exists: true }] })],
    ['exists false for a field that is there', detail({ state: [{ exists: false }] })],
    ['absence in one element when another has the field', detail({ list: { name: [{ exists: false }] } })],
    ['an address outside the block', detail({ address: [{ cidr: '10.0.1.0/24' }] })],
    ['an address of the other family', detail({ address6: [{ cidr: '0.0.0.0/0' }] })],
    ['a text that is no address', detail({ state: [{ cidr: '0.0.0.0/0' }] })],
    ['neither side of $or', { $or: [{ source: ['x'] }, { source: ['y'] }] }],
    ['two fields of two elements of a list', detail({ list: { name: ['a'], size: [2] } })],
    ['a wildcard across the whole text only', { source: [{ wildcard: 'ws*' }] }],
    ['names that every object inherits', { constructor: [{ exists: true }] }],
  ])('%s', (_, pattern) => {
    expect(compilePattern(pattern)(anEvent)).toBe(false);
  });
});

describe('a pattern is refused', () => {
  test.each<[unknown, string]>([
    ['text', 'pattern: must be an object'],
    [{}, 'pattern: Empty objects are not allowed'],
    [{ detail: {} }, 'detail: Empty objects are not allowed'],
    [{ source: 'aws.ec2' }, 'source: must be an object or an array'],
    [{ source: [] }, 'source: Empty arrays are not allowed'],
    [{ source: [['a']] }, 'Match value must be String, number, true, false, or null'],
    [{ source: [{ prefix: 'a', suffix: 'b' }] }, 'Only one key allowed in match expression'],
    [{ source: [{ startsWith: 'a' }] }, 'Unrecognized match type startsWith'],
    [{ source: [{ prefix: 1 }] }, 'prefix match pattern must be a string'],
    [{ source: [{ prefix: '' }] }, 'Null prefix not allowed'],
    [{ source: [{ prefix: { wildcard: 'a' } }] }, 'Unsupported anything inside prefix: wildcard'],
    [{ source: [{ 'anything-but': ['a', 1] }] }, 'all values must be strings or all must be numbers'],
    [{ source: [{ 'anything-but': [] }] }, 'all values must be strings or all must be numbers'],
    [{ source: [{ 'anything-but': { numeric: ['=', 1] } }] }, 'Unsupported anything-but pattern: numeric'],
    [{ source: [{ exists: 'yes' }] }, 'exists match pattern must be either true or false'],
    [{ source: [{ numeric: [] }] }, 'array of one or two comparisons'],
    [{ source: [{ numeric: ['!=', 1] }] }, 'Unrecognized numeric range operator: "!="'],
    [{ source: [{ numeric: ['=', '1'] }] }, 'must be numeric'],
    [{ source: [{ numeric: ['=', 6e9] }] }, 'Value must be between'],
    [{ source: [{ numeric: ['<', 1, '>', 0] }] }, 'starts with > or >='],
    [{ source: [{ numeric: ['>', 5, '<', 5] }] }, 'Bottom must be less than top'],
    [{ source: [{ wildcard: 'a**b' }] }, 'Consecutive wildcard characters at pos 1'],
    [{ source: [{ wildcard: 'a\\b' }] }, 'Invalid escape character at pos 1'],
    [{ source: [{ cidr: '10.0.0.0' }] }, 'Malformed CIDR'],
    [{ source: [{ cidr: '10.0.0.0/33' }] }, 'Malformed CIDR'],
    [{ $or: [{ source: ['a'] }] }, '$or: There must be at least 2 objects'],
  ])('%j', (pattern, problem) => {
    expect(() => compilePattern(pattern)).toThrow(problem);
  });

  test('when it is too long', () => {
    expect(() => compilePattern({ source: ['a'.repeat(2100)] })).toThrow('longer than 2048 characters');
  });

  test('with all problems at once, each with its field', () => {
    const attempt = () => compilePattern({ source: [], detail: { a: { b: [{ cidr: 'x' }] }, c: 1 } });
    expect(attempt).toThrow(InvalidEventPattern);
    expect(attempt).toThrow(/source: .*; detail\.a\.b: .*; detail\.c: /);
  });
});

test('of a pattern and its anything-but, exactly one matches a text that is there', () => {
  const tests = fc.oneof(
    fc.record({ prefix: fc.string({ minLength: 1 }) }),
    fc.record({ suffix: fc.string({ minLength: 1 }) }),
    fc.record({ 'equals-ignore-case': fc.string() }),
  );
  fc.assert(
    fc.property(tests, fc.string(), (wanted, value) => {
      const plain = compilePattern({ field: [wanted] })({ field: value });
      const negated = compilePattern({ field: [{ 'anything-but': wanted }] })({ field: value });
      expect(plain).not.toBe(negated);
    }),
  );
});

test('a wildcard matches every text made by filling its stars', () => {
  const literal = fc.string().filter((text) => !/[*\\]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.tuple(literal, fc.string()), { minLength: 1 }), literal, (parts, end) => {
      const pattern = `${parts.map(([text], at) => (text || at === 0 ? `${text}*` : '')).join('')}${end}`;
      const value = `${parts.map(([text, fill], at) => (text || at === 0 ? text + fill : '')).join('')}${end}`;
      expect(compilePattern({ field: [{ wildcard: pattern }] })({ field: value })).toBe(true);
    }),
  );
});
