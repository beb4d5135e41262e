import type { RouteBlueprint } from '../template/routes.ts';

export type Match = { readonly route: RouteBlueprint; readonly pathParameters: Readonly<Record<string, string>> };

type Part = { readonly kind: 'word' | 'one' | 'rest'; readonly name: string };

const partOf = (text: string): Part => {
  const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(text) ?? [];
  if (name === undefined) return { kind: 'word', name: text };
  return { kind: greedy ? 'rest' : 'one', name };
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The path's parameters where it fits, undefined where it does not. */
const parametersIn = (parts: readonly Part[], path: readonly string[]): Record<string, string> | undefined => {
  const found: [string, string][] = [];
  for (const [i, { kind, name }] of parts.entries()) {
    const text = decoded(kind === 'rest' ? path.slice(i).join('/') : (path[i] ?? ''));
    if (text === undefined || text === '') return undefined;
    if (kind === 'word' && text !== name) return undefined;
    if (kind !== 'word') found.push([name, text]);
    if (kind === 'rest') return Object.fromEntries(found);
  }
  return parts.length === path.length ? Object.fromEntries(found) : undefined;
};

const rank = { word: 0, one: 1, rest: 2 } as const;

/** Which of two paths says more: words before a parameter, one part before a greedy one. */
const moreSpecific = (a: readonly Part[], b: readonly Part[]): number => {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [mine, yours] = [a[i], b[i]];
    const difference = (mine ? rank[mine.kind] : 3) - (yours ? rank[yours.kind] : 3);
    if (difference !== 0) return difference;
  }
  return 0;
};

/**
 * Finds the route of a request: the most specific that fits, its own method before ANY, `$default` last.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export const router = (routes: readonly RouteBlueprint[]) => {
  const known = routes
    .map((route) => {
      const [method = '', path = ''] = route.key.split(' ');
      return { route, method, parts: path.split('/').slice(1).map(partOf) };
    })
    .sort((a, b) => moreSpecific(a.parts, b.parts) || Number(a.method === 'ANY') - Number(b.method === 'ANY'));
  const fallback = routes.find(({ key }) => key === '$default');

  return (method: string, rawPath: string): Match | undefined => {
    const path = rawPath.split('/').slice(1);
    for (const { route, method: wanted, parts } of known) {
      if (wanted !== method && wanted !== 'ANY') continue;
      const pathParameters = parametersIn(parts, path);
      if (pathParameters) return { route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
};
