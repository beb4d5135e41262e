// Prints "<passed> <failed>" for a report of Vitest's and the exit code of its run.
import { readFileSync } from 'node:fs';

const [file = '', exitCode] = process.argv.slice(2);

const read = () => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  }
};

const { numPassedTests, numFailedTests, testResults } = read();
// A file that cannot be loaded fails without a test of its own.
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
).length;
const failed = numFailedTests + broken;
process.stdout.write(`${numPassedTests} ${failed === 0 && exitCode !== '0' ? 1 : failed}\n`);
