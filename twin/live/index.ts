export type { Behaviour, NewImage } from './images/image-content.ts';
export { pushImage } from './images/registry.ts';
export { pushSamples, type SampleName, samples } from './images/samples.ts';
export { type LiveAccess, type LivePorts, openLivePorts } from './ports/live-ports.ts';
export { databaseAddress } from './postgres/content.ts';
export type { Alarms } from './store/alarms.ts';
export { seedService } from './world/seed.ts';
export { missingProcesses, type WorldStatus, worldStatus } from './world/status.ts';
export { startWorld, stopWorld, type World, type WorldOptions } from './world/world.ts';
