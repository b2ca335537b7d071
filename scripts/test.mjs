// npm test [-- [--only lint|types|unit|e2e] [--all] [PATH ...]]: lint, types, unit tests and the window's tests, in this order.
// With a PATH only the tests whose file name holds it are run. Ends at the first stage that fails, unless --all.

import { Trouble } from './setup/trouble.mjs';
import { readTestArguments } from './test/arguments.mjs';
import { runStages } from './test/stages.mjs';

try {
  process.exitCode = await runStages(readTestArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
