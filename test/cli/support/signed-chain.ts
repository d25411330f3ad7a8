import { generateKeyPairSync, sign } from 'node:crypto';
import type { Drill } from '../../../lib/contracts/drill.ts';
import type { Evidence, Told } from '../../../lib/contracts/evidence.ts';
import { nextEvidence, signed } from '../../../lib/domain/recovery/evidence.ts';
import { aDrillOutcome, aDrillPlan } from '../../contracts/good-recovery.ts';

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { privateKey, publicKey } = newKey();
export const aKeyId = 'arn:aws:kms:eu-west-1:000000000000:key/4f1c';
export const aPublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();

export const anotherPublicKey = newKey().publicKey.export({ type: 'spki', format: 'pem' }).toString();

export const anEndedDrill = (drill: string, outcome: Parameters<typeof aDrillOutcome>[0] = {}): Drill => ({
  plan: aDrillPlan({ drill, instance: `evenkeel-drill-${drill}` }),
  status: 'ended',
  outcome: aDrillOutcome(outcome),
});

const databaseOf = ({ drill, failover }: Told): string => drill?.plan.database ?? failover?.wish.database ?? '';

/** Evidence of each drill, really hashed, chained and signed. */
export const aSignedChain = (...drills: Drill[]): Evidence[] => aChainOf(...drills.map((drill) => ({ drill })));

export const aChainOf = (...all: Told[]): Evidence[] => {
  const chain: Evidence[] = [];
  for (const told of all) {
    const unsigned = nextEvidence(chain.at(-1), databaseOf(told), told);
    const signature = sign('sha256', Buffer.from(unsigned.hash), privateKey).toString('base64');
    chain.push(signed(unsigned, { keyId: aKeyId, algorithm: 'ECDSA_SHA_256', signature }));
  }
  return chain;
};
