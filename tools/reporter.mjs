/**
 * Prints `N passed, N failed` as the very last line, from jest's own counts. jest speaks once more after every reporter
 * has, so the line waits for the process to end. A suite that could not be loaded counts as failed, and so does a run
 * in which nothing ran.
 */
export default class CountReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites || (numPassedTests === 0 ? 1 : 0);
    process.once('exit', () => {
      if (failed > 0) process.exitCode ||= 1;
      process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
    });
  }
}
