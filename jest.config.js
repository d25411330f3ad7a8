import { availableParallelism } from 'node:os';

/** Jest runs the sources as native ES modules; types are stripped, never compiled. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': './test/support/strip-types.mjs' },
  reporters: ['default', '<rootDir>/test/support/closing-line.mjs'],
  // A test that never ends is found all the same; one on a busy machine is not taken for it.
  testTimeout: 30_000,
  // Tests on real processes wait most of their time, so there are more of them than processors.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: './test/support/processes-first.mjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
};
