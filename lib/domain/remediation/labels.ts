const longest = 1000;
const most = 50;

/** Values that are there, each cut to what a label may hold. */
export const labelsOf = (
  values: Readonly<Record<string, string | number | null | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .slice(0, most)
      .map(([name, value]) => [name, String(value).slice(0, longest)]),
  );

/** An alarm's reason, cut to what is kept. */
export const sayingOf = (text: string): string => text.slice(0, 2000);
