/** A pod as it is seen. `restarts`: how often it began anew; it is another pod that comes in its place. */
export type PodSeen = { name: string; ready: boolean; restarts: number };
