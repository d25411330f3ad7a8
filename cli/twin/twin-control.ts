import type { ServiceName } from '../../lib/contracts/names.ts';

/** `addresses`: where users of each service come in. `endpoint`: the twin's AWS endpoint. */
export type TwinAddresses = {
  stateDir: string;
  pid: number;
  endpoint: string;
  addresses: Readonly<Record<ServiceName, string>>;
};

/** The live twin of one state folder. */
export interface TwinControl {
  /** Starts what does not run yet and finds what does; `progress` is told what is going on. */
  up(progress: (text: string) => void): Promise<TwinAddresses>;
  /** Undefined when it does not run. */
  addresses(): Promise<TwinAddresses | undefined>;
  /** `kill -9` of the control plane alone, for whoever wants to see it resume. Its process id, if it ran. */
  kill(): Promise<number | undefined>;
  /** Ends all its processes; `wipe` also deletes what they kept. */
  down(options: { wipe: boolean }): Promise<void>;
}
