import { writeFileSync } from 'node:fs';

/**
 * Prints `N passed, N failed` as the very last line, from jest's own counts, or writes them to COUNT_FILE for whoever adds
 * them up. jest speaks once more after every reporter has, and settles only then whether the run went well, so the line
 * waits for the process to end. A suite that could not be loaded counts as failed, and so does a run in which nothing ran.
 */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    process.once('exit', () => {
      const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, success } = results;
      const failed = numFailedTests + numRuntimeErrorTestSuites || (success && numPassedTests > 0 ? 0 : 1);
      if (failed > 0) process.exitCode ||= 1;
      if (process.env.COUNT_FILE) writeFileSync(process.env.COUNT_FILE, JSON.stringify({ passed: numPassedTests, failed }));
      else process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
    });
  }
}
