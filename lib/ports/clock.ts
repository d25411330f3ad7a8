import type { Instant } from '../contracts/instant.ts';

export interface Clock {
  now(): Instant;
}
