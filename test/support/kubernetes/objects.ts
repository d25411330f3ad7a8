/** Kubernetes objects by path, changed as an API server changes them. */
export type Metadata = {
  name: string;
  resourceVersion?: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};
// biome-ignore lint/suspicious/noExplicitAny: the double keeps whatever it is given.
export type KubernetesObject = { metadata: Metadata; spec?: any; status?: any };
export type Objects = ReturnType<typeof newObjects>;

type Json = Record<string, unknown>;
const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Strategic merge as far as patches of this project go: maps merge, lists of named things merge by name, the rest is replaced. */
const merge = (into: unknown, patch: unknown): unknown => {
  if (Array.isArray(into) && Array.isArray(patch)) return mergeByName(into, patch);
  if (!isMap(into) || !isMap(patch)) return patch;
  const merged = Object.entries(patch).map(([key, value]) => [key, merge(into[key], value)]);
  return { ...into, ...Object.fromEntries(merged) };
};

const mergeByName = (into: Json[], patch: Json[]): Json[] => {
  const patched = into.map((item) => merge(item, patch.find(({ name }) => name === item.name) ?? {}) as Json);
  const added = patch.filter(({ name }) => into.every((item) => item.name !== name));
  return [...patched, ...added];
};

export const newObjects = () => {
  const byPath = new Map<string, KubernetesObject>();
  const everThere = new Set<string>();
  let version = 0;

  const put = (path: string, object: KubernetesObject): KubernetesObject => {
    version += 1;
    const kept = { ...object, metadata: { generation: 1, ...object.metadata, resourceVersion: String(version) } };
    byPath.set(path, kept);
    everThere.add(path);
    return kept;
  };

  /** A change of annotations is a new generation too, as it is of a Deployment. Undefined when the patch names a version that is no longer the newest. */
  const patch = (path: string, object: KubernetesObject, change: KubernetesObject): KubernetesObject | undefined => {
    const expected = change.metadata?.resourceVersion;
    if (expected !== undefined && expected !== object.metadata.resourceVersion) return undefined;
    const merged = merge(object, change) as KubernetesObject;
    const wished = ({ spec, metadata }: KubernetesObject) => JSON.stringify([spec, metadata.annotations]);
    const changed = wished(merged) !== wished(object);
    const generation = (object.metadata.generation ?? 1) + (changed ? 1 : 0);
    return put(path, { ...merged, metadata: { ...merged.metadata, generation } });
  };

  const list = (folder: string, selector: Record<string, string> = {}): KubernetesObject[] =>
    [...byPath]
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([, object]) => object)
      .filter(({ metadata }) => Object.entries(selector).every(([label, value]) => metadata.labels?.[label] === value));

  const remove = (path: string): boolean => byPath.delete(path);
  const get = (path: string): KubernetesObject | undefined => byPath.get(path);
  /** Also when it is gone by now: the names of pods never come again. */
  const had = (path: string): boolean => everThere.has(path);
  return { get, put, patch, list, remove, had };
};
