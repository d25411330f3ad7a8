import type { LambdaOutcome } from '../../engine/index.ts';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
}

type Answer = {
  statusCode?: unknown;
  headers?: Record<string, unknown>;
  cookies?: string[];
  body?: unknown;
  isBase64Encoded?: boolean;
};

export const jsonResponse = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});

export const notFound = jsonResponse(404, { message: 'Not Found' });

/**
 * What an HTTP API makes of a function's answer: one without `statusCode` is the body itself, with status 200; an
 * error tells the caller nothing. Source: API Gateway developer guide, "Format the Lambda function response".
 */
export const httpResponse = (outcome: LambdaOutcome): HttpResponse => {
  if (!outcome.ok) return jsonResponse(500, { message: 'Internal Server Error' });
  const answer = Object(outcome.payload) as Answer;
  if (answer.statusCode === undefined) return jsonResponse(200, outcome.payload ?? null);
  const { statusCode, headers = {}, cookies, body = '', isBase64Encoded = false } = answer;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status: Number(statusCode),
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
      ...(cookies && { 'set-cookie': cookies }),
    },
    body: Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8'),
  };
};
