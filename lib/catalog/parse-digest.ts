import * as v from 'valibot';
import { DigestMalformed, DigestRequired } from '../contracts/failures.ts';
import { Digest } from '../contracts/names.ts';

/** `latest`, `app:1.2`, `registry.example:5000/app`: whatever can name an image without saying which bytes. */
const tagged = /^[\w.:/-]+$/;
const hexadecimal = /^[0-9a-f]{32,}$/i;

/**
 * An image's content address, with or without a repository and `@` before it. Errors: `DigestRequired` for a tag, with
 * how to resolve it; `DigestMalformed` for what is neither.
 */
export const parseDigest = (text: string): Digest => {
  const digest = text.slice(text.lastIndexOf('@') + 1);
  if (v.is(Digest, digest)) return digest;
  if (text.includes('@') || /^sha\d*[:-]/i.test(digest) || hexadecimal.test(digest) || !tagged.test(digest))
    throw new DigestMalformed(`digest: expected sha256: and 64 hexadecimal digits, got "${text}"`, { text });
  throw new DigestRequired(
    `digest: expected sha256: and 64 hexadecimal digits, got the tag "${text}", which can move under a release; resolve it first, e.g. aws ecr describe-images --repository-name REPOSITORY --image-ids imageTag=TAG --query 'imageDetails[0].imageDigest'`,
    { text },
  );
};
