import * as v from 'valibot';
import { DigestMalformed, DigestRequired } from '../contracts/failures.ts';
import { Digest } from '../contracts/names.ts';

/** An image's content address, with or without a repository before it. Errors: `DigestRequired` for a tag, `DigestMalformed`. */
export const parseDigest = (text: string): Digest => {
  const digest = text.slice(text.lastIndexOf('@') + 1);
  if (v.is(Digest, digest)) return digest;
  if (/^sha\d*[:-]/i.test(digest))
    throw new DigestMalformed(`digest: expected sha256: and 64 hexadecimal digits, got "${text}"`, { text });
  throw new DigestRequired(
    `digest: "${text}" is a tag, and a tag can move under a release; resolve it to sha256:… first`,
    { text },
  );
};
