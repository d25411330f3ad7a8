import { expect, test } from '@jest/globals';
import { calling, namedFailure } from '../../lib/adapters/aws/failures.ts';
import { LeaseLost } from '../../lib/contracts/failures.ts';

const error = (name: string, more: object = {}) => Object.assign(new Error('why'), { name, ...more });
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
const cancelled = (...codes: string[]) =>
  error('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })), ...status(400) });

test.each([
  ['ThrottlingException', 'DependencyThrottled'],
  ['Throttling', 'DependencyThrottled'],
  ['TooManyRequestsException', 'DependencyThrottled'],
  ['ProvisionedThroughputExceededException', 'DependencyThrottled'],
  ['RequestLimitExceeded', 'DependencyThrottled'],
  ['ExecutionLimitExceeded', 'DependencyThrottled'],
  ['ConditionalCheckFailedException', 'WriteConflict'],
  ['TransactionConflictException', 'WriteConflict'],
  ['AccessDeniedException', 'AccessDenied'],
  ['UnrecognizedClientException', 'AccessDenied'],
  ['CredentialsProviderError', 'AccessDenied'],
  ['ExpiredTokenException', 'DependencyUnavailable'],
  ['TimeoutError', 'DependencyUnavailable'],
])('%s, with the status 400 that many services give it, is %s', (name, expected) => {
  expect(namedFailure('AWS', error(name, status(400))).name).toBe(expected);
});

test.each([
  [401, 'AccessDenied'],
  [403, 'AccessDenied'],
  [409, 'WriteConflict'],
  [429, 'DependencyThrottled'],
  [500, 'DependencyUnavailable'],
  [503, 'DependencyUnavailable'],
])('an unknown name with status %i is %s', (code, expected) => {
  expect(namedFailure('AWS', error('Odd', status(code))).name).toBe(expected);
});

test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT'])('a lost connection (%s) is unavailable', (code) => {
  expect(namedFailure('AWS', error('Error', { code })).name).toBe('DependencyUnavailable');
});

test('a call that was tried again and never answered is unavailable, whatever its error is called', () => {
  expect(namedFailure('AWS', error('Odd', { $metadata: { attempts: 3 } })).name).toBe('DependencyUnavailable');
});

test('a call that never left is not', () => {
  expect(namedFailure('AWS', error('TypeError', { $metadata: { attempts: 1 } })).name).toBe('Error');
});

test('a transaction that met another writer is a conflict', () => {
  expect(namedFailure('DynamoDB', cancelled('None', 'TransactionConflict')).name).toBe('WriteConflict');
});

test('a transaction that was throttled is not a conflict', () => {
  expect(namedFailure('DynamoDB', cancelled('TransactionConflict', 'ThrottlingError')).name).toBe(
    'DependencyThrottled',
  );
});

test('a transaction that was invalid is neither', () => {
  expect(namedFailure('DynamoDB', cancelled('None', 'ValidationError')).name).toBe('Error');
});

test('what nobody foresaw says where it came from and keeps its cause', () => {
  const cause = error('ValidationException', status(400));
  const named = namedFailure('DynamoDB', cause);
  expect(named).toMatchObject({ name: 'Error', message: 'DynamoDB: ValidationException: why', cause });
});

test('a named failure passes as it is', async () => {
  const lost = new LeaseLost('service/shop', 1, 2);
  await expect(calling('DynamoDB', () => Promise.reject(lost))).rejects.toBe(lost);
});

test('whatever is thrown becomes an error with a cause', () => {
  expect(namedFailure('AWS', 'a text')).toMatchObject({ message: 'AWS: Error: a text', cause: 'a text' });
});

test('a named failure keeps the SDK error as its cause and its name as data', () => {
  const cause = error('ThrottlingException');
  expect(namedFailure('ECR', cause)).toMatchObject({
    message: 'ECR: ThrottlingException: why',
    cause,
    data: { dependency: 'ECR', error: 'ThrottlingException' },
  });
});
