/** serverless.yml as data: what runs, under which name, started by what. Nothing of it is typed twice. */
export { loadTask } from './load-task.ts';
export { type Place, twinPlace } from './parameters.ts';
export { readWiring, repositoryRoot } from './read-wiring.ts';
export type { FunctionEvent, FunctionWiring, MachineWiring, Wiring } from './types.ts';
