import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { kmsSigner } from '../../lib/adapters/kms/signer.ts';
import { describeSigner } from '../contracts/signer.contract.ts';
import './account.ts';

const client = new KMSClient();

describeSigner('KMS', async () => {
  const made = await client.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
  return { port: kmsSigner.create({ SIGNING_KEY_ARN: made.KeyMetadata?.Arn ?? '' }) };
});
