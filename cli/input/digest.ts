import * as v from 'valibot';
import { DigestMalformed, DigestRequired, ImageNotFound } from '../../lib/contracts/failures.ts';
import { Digest, type ServiceName } from '../../lib/contracts/names.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';

const allowed = 'allowed: sha256: and 64 lower-case hexadecimal digits';

/**
 * A digest as typed, or `@name` for a sample image of a twin. Rule: nothing that can point elsewhere tomorrow is
 * deployed. Errors: `DigestRequired` for a tag, `DigestMalformed`, `ImageNotFound` for an unknown sample.
 */
export const readDigest = async (
  plane: Pick<ControlPlane, 'samples'>,
  service: ServiceName,
  typed: string,
): Promise<Digest> => {
  if (v.safeParse(Digest, typed).success) return typed;
  if (typed.startsWith('@') && plane.samples) return sampleDigest(await plane.samples(service), typed.slice(1));
  if (/^sha256:/i.test(typed)) throw new DigestMalformed(`digest: got "${typed}"; ${allowed}`, { digest: typed });
  throw tagRefused(service, typed);
};

const sampleDigest = (samples: readonly { name: string; digest: Digest }[], name: string): Digest => {
  const found = samples.find((sample) => sample.name === name);
  if (found) return found.digest;
  const known = samples.map((sample) => `@${sample.name}`);
  throw new ImageNotFound(`digest: there is no sample image "@${name}"; allowed: ${known.join(', ')}`, { name, known });
};

const tagRefused = (service: ServiceName, typed: string): DigestRequired => {
  const tag = typed.split(':').at(-1) ?? typed;
  const lookUp = `aws ecr describe-images --repository-name ${service} --image-ids imageTag=${tag} --query imageDetails[0].imageDigest`;
  return new DigestRequired(
    `digest: got "${typed}", a tag, and a tag can move under a release; ${allowed}; look it up: ${lookUp}`,
    { digest: typed },
  );
};
