import * as v from 'valibot';

/** The options of a target that say what it is given instead of the whole event. */
export const inputOptions = {
  input: v.optional(v.union([v.string(), v.record(v.string(), v.unknown())])),
  inputPath: v.optional(v.string()),
  inputTransformer: v.optional(
    v.strictObject({
      inputPathsMap: v.optional(v.record(v.string(), v.string()), {}),
      inputTemplate: v.pipe(v.string(), v.minLength(1)),
    }),
  ),
};
type Transformer = { inputPathsMap: Record<string, string>; inputTemplate: string };
type Options = {
  input?: string | Record<string, unknown> | undefined;
  inputPath?: string | undefined;
  inputTransformer?: Transformer | undefined;
};

/** Errors: more than one of them, or one that EventBridge would refuse. */
export const shapeOf = ({ input, inputPath, inputTransformer }: Options) => {
  if ([input, inputPath, inputTransformer].filter((option) => option !== undefined).length > 1) {
    throw new Error('expected at most one of input, inputPath and inputTransformer');
  }
  if (input !== undefined) {
    const constant = constantOf(input);
    return () => constant;
  }
  if (inputPath !== undefined) return pathReader(inputPath);
  return inputTransformer ? transformer(inputTransformer) : (event: unknown) => event;
};

/** The framework reads a lone `body` that is text as JSON. */
const constantOf = (input: string | Record<string, unknown>): unknown => {
  if (typeof input === 'string') return JSON.parse(input);
  return typeof input.body === 'string' ? { ...input, body: JSON.parse(input.body) } : input;
};

/** `$.detail.list[0]['a key']`: names and indexes, as EventBridge takes them; no filters or wildcards. */
const pathReader = (path: string) => {
  const names = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)];
  if (`$${names.map(([text]) => text).join('')}` !== path)
    throw new Error(`"${path}" is not a path such as $.detail.id`);
  const keys = names.map(([, name, index, quoted]) => name ?? index ?? quoted ?? '');
  return (event: unknown): unknown =>
    keys.reduce<unknown>((value, key) => (Object.hasOwn(Object(value), key) ? Object(value)[key] : undefined), event);
};

/**
 * Replaces each `<name>` in the template: inside quotes by the value as text, elsewhere by its JSON. What the event
 * does not have becomes empty text. Source: EventBridge user guide, "Amazon EventBridge input transformation".
 */
const transformer = ({ inputPathsMap, inputTemplate }: Transformer) => {
  const readers = new Map(Object.entries(inputPathsMap).map(([name, path]) => [name, pathReader(path)]));
  readers.set('aws.events.event', (event) => event);
  readers.set('aws.events.event.json', (event) => event);
  const unknown = [...inputTemplate.matchAll(/<([\w.-]+)>/g)].filter(([, name = '']) => !readers.has(name));
  if (unknown.length > 0)
    throw new Error(`inputTemplate: nothing is called ${unknown.map(([text]) => text).join(', ')}`);
  const render = (event: unknown) =>
    inputTemplate.replace(/"(?:[^"\\]|\\.)*"|<([\w.-]+)>/g, (token: string, name: string | undefined) =>
      name === undefined ? quoted(token, (inner) => readers.get(inner)?.(event)) : json(readers.get(name)?.(event)),
    );
  JSON.parse(render({}));
  return (event: unknown): unknown => JSON.parse(render(event));
};

const json = (value: unknown): string => JSON.stringify(value ?? '');

const quoted = (token: string, read: (name: string) => unknown): string =>
  token.replace(/<([\w.-]+)>/g, (_, name: string) => {
    const value = read(name) ?? '';
    return JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value)).slice(1, -1);
  });
