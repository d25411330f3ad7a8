/** The control plane of the live twin, as a process of its own. */
export { type LaunchOptions, launchTwin, stopServer } from './launch.ts';
export { runningServer, runningTwin, serverMark, type TwinFile } from './registration.ts';
export { startTwin, type Twin, type TwinOptions } from './start-twin.ts';
export type { TwinStatus } from './status.ts';
