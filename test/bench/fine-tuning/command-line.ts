import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../../..');

/** What `innerloop ... --json` answers to these words. */
export type CommandLine = (...words: readonly string[]) => Promise<unknown>;

/** The command line of this checkout on a data folder. */
export const commandLineOf =
  (home: string): CommandLine =>
  async (...words) => {
    const args = [join(root, 'src/main/cli/index.ts'), ...words, '--home', home, '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 2 ** 28 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  };
