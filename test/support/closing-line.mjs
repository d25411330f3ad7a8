/** Jest reporter: ends a run with one plain line, `N passed, N failed`, that people and CI read. */
export default class ClosingLine {
  /** A file that could not be run at all has no tests to count, so it counts as one that failed. */
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    const line = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped}`;
    // Jest's own summary comes after all reporters; only the end of the process comes after that.
    process.once('exit', () => console.log(line));
  }
}
