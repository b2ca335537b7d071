// Does everything that `npm start`, `npm test` and the command line need, once; afterwards it says one line.
//   npm run setup -- [--for start|test|cli] [--gpu | --cpu] [--quiet]
import { readArguments } from './setup/arguments.mjs';
import { setUp } from './setup/set-up.mjs';
import { Trouble } from './setup/trouble.mjs';

try {
  process.exitCode = await setUp(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
