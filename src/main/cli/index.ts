import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectCore } from '../core-client/connect-core.ts';
import { entryFile } from '../files/entry.ts';
import { examplesFolder } from './examples.ts';
import { createInterrupts } from './interrupts.ts';
import { runCli } from './main.ts';

/** The program `innerloop`: everything that the window can do with runs and datasets, in a terminal. */
async function main(): Promise<void> {
  const entry = realpathSync(process.argv[1]!);
  const interrupts = createInterrupts(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupts.interrupt());
  process.exitCode = await runCli({
    words: process.argv.slice(2),
    output: process.stdout,
    errors: process.stderr,
    env: process.env,
    platform: process.platform,
    cwd: typedIn(process.env, process.cwd()),
    examples: examplesFolder(entry),
    version: versionAbove(entry),
    clock: () => performance.now(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    interrupts,
    connect: (options) => connectCore({ ...options, node: process.execPath, coreEntry: entryFile('core', entry) }),
  });
}

/** `npm run innerloop` changes into the package's folder; paths are meant from where it was typed. */
const typedIn = (env: NodeJS.ProcessEnv, cwd: string): string =>
  env.npm_lifecycle_event === 'innerloop' && env.INIT_CWD ? env.INIT_CWD : cwd;

/** Version in the nearest package.json above the program. */
function versionAbove(entry: string): string {
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: unknown };
    if (typeof version === 'string') return version;
  }
  return '';
}

void main();
