// Prints "N passed, N failed" from vitest's JSON reports; exits with 1 unless all passed and none was skipped, but for
// what the title itself says cannot happen (a conformance suite has cases that one implementation does not know).
import { existsSync, readFileSync } from 'node:fs';

const counts = process.argv.slice(2).map(countOf);
const sum = (name) => counts.reduce((all, count) => all + count[name], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') || sum('skipped') || !counts.length ? 1 : 0);

function countOf(file) {
  if (!existsSync(file)) {
    console.log(`The tests of ${file} did not run to their end.`);
    return { passed: 0, failed: 1, skipped: 0 };
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
      ({ status, title }) =>
        status !== 'passed' && status !== 'failed' && !title.includes('(cannot happen: '),
    );
  for (const { fullName } of skipped) console.log(`skipped, which CI does not allow: ${fullName}`);
  // A report without any test is one of a suite that was not found.
  const failed = numFailedTests + broken.length + (numPassedTests ? 0 : 1);
  return { passed: numPassedTests, failed, skipped: skipped.length };
}
