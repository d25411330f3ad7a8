import { parseDigest } from '../../lib/catalog/parse-digest.ts';
import { ImageNotFound } from '../../lib/contracts/failures.ts';
import type { Digest, ServiceName } from '../../lib/contracts/names.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';

/**
 * A digest as typed, or `@name` for a sample image of a twin. Rule: nothing that can point elsewhere tomorrow is
 * deployed. Errors: `DigestRequired` for a tag, `DigestMalformed`, `ImageNotFound` for an unknown sample.
 */
export const readDigest = async (
  plane: Pick<ControlPlane, 'samples'>,
  service: ServiceName,
  typed: string,
): Promise<Digest> => {
  if (!typed.startsWith('@') || !plane.samples) return parseDigest(typed);
  const samples = await plane.samples(service);
  const found = samples.find(({ name }) => `@${name}` === typed);
  if (found) return found.digest;
  const known = samples.map(({ name }) => `@${name}`);
  throw new ImageNotFound(`digest: got "${typed}"; allowed sample images: ${known.join(', ')}`, { typed, known });
};
