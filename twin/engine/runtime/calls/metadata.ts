import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json.ts';

/** What optimised integrations add to an API's answer: how the HTTP call went. A short form of AWS's. */
export function sdkMetadata(headers: Record<string, string>): JsonObject {
  const requestId = randomUUID();
  const all = { ...headers, 'x-amzn-RequestId': requestId };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
      HttpHeaders: all,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
