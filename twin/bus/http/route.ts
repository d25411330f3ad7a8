import type { Route } from '../subscriptions/types.ts';

export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route of a request: a whole path before one with `{parts}`, that before a greedy `{part+}`, that before `*`; and
 * a route of its own method before one of any. Source: API Gateway developer guide, "Routes for HTTP APIs".
 */
export const findRoute = (routes: readonly Route[], method: string, path: string): RouteMatch | undefined => {
  const candidates = routes
    .filter((route) => route.method === '*' || route.method === method)
    .toSorted((a, b) => rank(a) - rank(b));
  for (const route of candidates) {
    const found = expressionOf(route.path).exec(path);
    if (found) return { route, pathParameters: decoded(found.groups ?? {}) };
  }
  return undefined;
};

/** Where the first variable part of the path begins; later is more specific. */
const firstVariable = (path: string): number => (path.includes('{') ? path.indexOf('{') : path.length + 1);

const rank = ({ method, path }: Route): number => {
  const kind = path === '*' ? 3 : path.includes('+}') ? 2 : path.includes('{') ? 1 : 0;
  return kind * 10_000 - firstVariable(path) * 2 + (method === '*' ? 1 : 0);
};

const expressionOf = (path: string): RegExp => {
  if (path === '*') return /^/;
  const source = path
    .split(/(\{\w+\+?\})/)
    .map((part) => {
      const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? [];
      if (!name) return part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
      return greedy ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`;
    })
    .join('');
  return new RegExp(`^${source}$`);
};

const decoded = (groups: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeOrKeep(value)]));

const decodeOrKeep = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};
