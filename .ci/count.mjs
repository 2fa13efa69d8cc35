// Prints "N passed, N failed" from vitest's JSON report; exits with 1 unless all passed and none was skipped, but for
// what the title itself says cannot happen (a conformance suite has cases that one implementation does not know).
import { existsSync, readFileSync } from 'node:fs';

const file = process.argv[2];
if (!file || !existsSync(file)) {
  console.log('The tests did not run to their end.\n0 passed, 1 failed');
  process.exit(1);
}
const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
// A file that cannot be loaded has no tests that could fail.
const broken = testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
);
for (const suite of broken) console.log(`could not be loaded: ${suite.name}`);
const skipped = testResults
  .flatMap((suite) => suite.assertionResults)
  .filter(
    ({ status, title }) => status !== 'passed' && status !== 'failed' && !title.includes('(cannot happen: '),
  );
for (const { fullName } of skipped) console.log(`skipped, which CI does not allow: ${fullName}`);
const failed = numFailedTests + broken.length;
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(failed || skipped.length || !numPassedTests ? 1 : 0);
