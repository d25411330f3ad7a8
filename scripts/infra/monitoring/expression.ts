const words = new Set([
  'and',
  'or',
  'unless',
  'bool',
  'offset',
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'inf',
  'nan',
]);
const labelLists = /\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;

/** The names of series that an expression reads. PromQL that promtool has parsed; a name chosen by a matcher is not seen. */
export const metricsOf = (expression: string): string[] => {
  const bare = expression
    .replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replaceAll(labelLists, ' ');
  const names = bare.matchAll(/(?<![\w:.])([A-Za-z_:][\w:]*)(?!\s*\(|[\w:])/g);
  return [...new Set([...names].map(([, name = '']) => name))].filter((name) => !words.has(name.toLowerCase()));
};

/** A dashboard's query with values in the place of Grafana's variables. */
export const withoutVariables = (query: string): string =>
  query.replaceAll(/\$__(rate_)?interval\b/g, '5m').replaceAll(/\$\{?\w+\}?/g, 'any');
