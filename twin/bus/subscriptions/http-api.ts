import * as v from 'valibot';
import { parsed, type ReadTrigger } from './subscriber.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*'];

const HttpApiTrigger = v.strictObject({
  method: v.optional(
    v.pipe(
      v.string(),
      v.transform((method) => (method.toUpperCase() === 'ANY' ? '*' : method.toUpperCase())),
      v.picklist(methods, `expected one of ${methods.join(', ')}, ANY`),
    ),
    '*',
  ),
  path: v.pipe(v.string(), v.regex(/^(\*|\/\S*)$/, 'expected * or a path that starts with /')),
});

/** `httpApi:` — a route of the HTTP API, `'POST /slack/{kind}'` or its parts. There are no authorizers in the twin. */
export const readHttpApi: ReadTrigger = (value, { key }) => {
  const { method, path } = parsed(HttpApiTrigger, optionsOf(value));
  return { routes: [{ method, path, target: key }] };
};

const optionsOf = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const [method, path] = value.trim().split(/\s+/);
  return path === undefined ? { path: method } : { method, path };
};
