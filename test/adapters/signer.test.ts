import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { kmsSigner } from '../../lib/adapters/kms/signer.ts';
import { failure } from '../contracts/good.ts';
import { fromEnvironment } from '../support/settings.ts';

const SIGNING_KEY_ARN = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const kms = mockClient(KMSClient);
const signer = () => fromEnvironment(kmsSigner, { SIGNING_KEY_ARN });

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
});
afterEach(() => {
  kms.reset();
});

test('the text itself is signed, by the one key', async () => {
  kms.on(SignCommand).resolves({ Signature: Buffer.from('signed') });
  expect(await signer().sign('9f86d081')).toEqual({
    keyId: SIGNING_KEY_ARN,
    algorithm: 'ECDSA_SHA_256',
    signature: 'c2lnbmVk',
  });
  expect(kms.commandCalls(SignCommand)[0]?.args[0].input).toEqual({
    KeyId: SIGNING_KEY_ARN,
    Message: Buffer.from('9f86d081'),
    MessageType: 'RAW',
    SigningAlgorithm: 'ECDSA_SHA_256',
  });
});

test.each([
  ['ThrottlingException', 'DependencyThrottled'],
  ['KeyUnavailableException', 'DependencyUnavailable'],
  ['DisabledException', 'AccessDenied'],
  ['KMSInvalidStateException', 'AccessDenied'],
  ['AccessDeniedException', 'AccessDenied'],
])('a signature that is refused with %s is %s', async (name, expected) => {
  kms.on(SignCommand).rejects(Object.assign(new Error('why'), { name, $metadata: { httpStatusCode: 400 } }));
  await expect(signer().sign('9f86d081')).rejects.toEqual(failure(expected));
});

test('an answer without a signature is no signature', async () => {
  kms.on(SignCommand).resolves({});
  await expect(signer().sign('9f86d081')).rejects.toEqual(failure('OutputInvalid'));
});

test('a public key that may not be read is not a missing one', async () => {
  kms.on(GetPublicKeyCommand).rejects(Object.assign(new Error('why'), { name: 'AccessDeniedException' }));
  await expect(signer().publicKey(SIGNING_KEY_ARN)).rejects.toEqual(failure('AccessDenied'));
});

test('an alias is refused: it can move to another key', () => {
  const make = () =>
    fromEnvironment(kmsSigner, { SIGNING_KEY_ARN: 'arn:aws:kms:eu-west-1:123456789012:alias/signing' });
  expect(make).toThrow(/SIGNING_KEY_ARN: expected the ARN of a key/);
});
