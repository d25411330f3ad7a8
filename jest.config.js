/** Jest runs the sources as native ES modules; types are stripped, never compiled. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': './test/support/strip-types.mjs' },
  reporters: ['default', '<rootDir>/test/support/closing-line.mjs'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
};
