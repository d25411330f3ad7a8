/** What a person types, of a page of docs: the lines of its `sh` blocks up to the heading, those that go on joined. */
export const linesOf = (page: string, upTo: string): string[] => {
  const end = page.indexOf(`\n## ${upTo}`);
  if (end < 0) throw new Error(`no heading "${upTo}" in the page`);
  const blocks = [...page.slice(0, end).matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks.flatMap(typedLines);
};

/** A line that ends with `\` or `|` goes on in the next. */
const typedLines = (block: string): string[] => block.split(/(?<![\\|])\n/).filter((line) => line.trim() !== '');

/** Fills in what the page leaves to the person, as `<ZONE>`. Errors: what nobody gave. */
export const filledIn = (line: string, values: Readonly<Record<string, string>>): string =>
  line.replaceAll(/<([A-Z]+)>/g, (found, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${found} in "${line}" is filled in by nobody`);
    return value;
  });
