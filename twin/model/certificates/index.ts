import type { CertificateState } from '../../../lib/contracts/certificate.ts';
import type { Changes } from '../changes.ts';
import {
  modelCaa,
  modelCertificates,
  modelHandshakes,
  modelInventory,
  modelRenewals,
  modelTransparency,
} from './ports.ts';
import { CertificateWorld } from './world.ts';

export type ModelCertificates = ReturnType<typeof modelCertificateWorld>;

/** Certificates of the model: the world that stories break, the states that the check keeps, and the six ports. */
export const modelCertificateWorld = (now: () => number, changes: Changes) => {
  const world = new CertificateWorld(now, changes);
  const states = new Map<string, CertificateState>();
  return {
    world,
    states,
    ports: {
      caa: modelCaa(world),
      certificates: modelCertificates(states),
      handshakes: modelHandshakes(world, now),
      inventory: modelInventory(world),
      renewals: modelRenewals(world),
      transparency: modelTransparency(world),
    },
  };
};
