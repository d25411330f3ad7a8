import { randomUUID } from 'node:crypto';
import type { Origin } from '../events/event.ts';
import type { RouteMatch } from './route.ts';

export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

export const pathOf = ({ target }: HttpRequest): string => splitOnce(target, '?')[0] ?? '/';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2026:19:03:58 +0000` */
const commonLogTime = (ms: number): string => {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(ms).toISOString()) ?? [];
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`;
};

/** Only these come as text; all else, forms too, comes as base64 of the very bytes, which signatures are made of. */
const textual = /^(text\/.*|application\/(json|javascript|xml|[\w.+-]+\+(json|xml)))(;|$)/i;

/**
 * The event that an HTTP API gives a function. Source: API Gateway developer guide, "payload format version 2.0".
 */
export const httpEvent = (
  { method, target, headers, body, sourceIp }: HttpRequest,
  { route, pathParameters }: RouteMatch,
  { accountId }: Origin,
  nowMs: number,
) => {
  const [rawPath = '/', rawQueryString = ''] = splitOnce(target, '?');
  const { cookie, ...others } = joined(headers);
  const routeKey = route.path === '*' ? '$default' : `${route.method === '*' ? 'ANY' : route.method} ${route.path}`;
  const isBase64Encoded = body.length > 0 && !textual.test(others['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers: others,
    ...(rawQueryString && { queryStringParameters: queryOf(rawQueryString) }),
    requestContext: {
      accountId,
      apiId: 'evenkeel',
      domainName: others.host ?? '',
      domainPrefix: (others.host ?? '').split('.')[0] ?? '',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp, userAgent: others['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: commonLogTime(nowMs),
      timeEpoch: nowMs,
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(body.length > 0 && { body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
};

const splitOnce = (text: string, separator: string): string[] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

const joined = (headers: HttpRequest['headers']): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
    ),
  );

/** The same name more than once becomes one value with commas. */
const queryOf = (query: string): Record<string, string> => {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]));
};
