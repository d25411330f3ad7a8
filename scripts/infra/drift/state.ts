// biome-ignore lint/suspicious/noExplicitAny: the provider's schema says what each type holds.
type Values = Record<string, any>;
export type Resource = { address: string; mode: string; type: string; name: string; values: Values };
type Module = { resources?: Resource[]; child_modules?: Module[] };

/** What `terraform show -json` says is there. */
export type State = { values?: { root_module: Module } };

const resourcesIn = ({ resources = [], child_modules = [] }: Module): Resource[] => [
  ...resources.filter(({ mode }) => mode === 'managed'),
  ...child_modules.flatMap(resourcesIn),
];

/** The managed resources of the whole composition. */
export const resourcesOf = ({ values }: State): Resource[] => (values ? resourcesIn(values.root_module) : []);

/** The values of all resources of one type. */
export const allOf = (resources: readonly Resource[], type: string): Values[] =>
  resources.filter((resource) => resource.type === type).map(({ values }) => values);
