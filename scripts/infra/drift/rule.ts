/** A sentence that must hold between two worlds, and what it does not hold for. */
export type Rule<World> = { name: string; broken(world: World): readonly string[] };

export const brokenRules = <World>(place: string, rules: readonly Rule<World>[], world: World): string[] =>
  rules.flatMap(({ name, broken }) => broken(world).map((what) => `${place}: rule "${name}": ${what}`));

/** Both ways: what is wanted and missing, and what is there and unwanted. */
export const differences = (wanted: Iterable<string>, there: Iterable<string>): string[] => {
  const [want, have] = [new Set(wanted), new Set(there)];
  return [
    ...[...want].filter((name) => !have.has(name)).map((name) => `${name} is missing`),
    ...[...have].filter((name) => !want.has(name)).map((name) => `${name} is used by nothing`),
  ];
};
