// The command line in a checkout: npm run -s innerloop -- COMMAND. Standard output carries nothing but the command's own.
import path from 'node:path';
import { runtimeRecord } from './runtime-env.mjs';
import { runInForeground } from './setup/command.mjs';
import { repositoryRoot } from './setup/place.mjs';
import { setUp } from './setup/set-up.mjs';

process.exitCode = await setUp({ purpose: 'cli', quiet: true, stream: process.stderr });
if (process.exitCode === 0) {
  const cli = path.join(repositoryRoot, 'src', 'main', 'cli', 'index.ts');
  process.exitCode = await runInForeground(runtimeRecord(repositoryRoot).node.path, [cli, ...process.argv.slice(2)]);
}
