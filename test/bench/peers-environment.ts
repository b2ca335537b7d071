/** The peers in a virtual environment that can be thrown away: made once per folder, by one command. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const learn2learn = 'learn2learn==0.2.0';
const scripts = join(import.meta.dirname, 'peers');

/** What each of the two comparisons installs; both may share a folder. */
export type PeersKind = 'meta-learning' | 'fine-tuning';

interface Kind {
  readonly requirements: string;
  /** File in the environment's folder that says that nothing is missing. */
  readonly complete: string;
  readonly notice: string;
}

const kinds: Readonly<Record<PeersKind, Kind>> = {
  'meta-learning': {
    requirements: join(scripts, 'requirements.txt'),
    complete: 'innerloop-peers-complete',
    notice: 'Installing PyTorch, JAX and higher; this takes minutes and up to 6 GB.',
  },
  'fine-tuning': {
    requirements: join(scripts, 'fine-tuning-requirements.txt'),
    complete: 'innerloop-fine-tuning-peers-complete',
    notice: 'Installing PyTorch and transformers; this takes minutes and up to 6 GB.',
  },
};

export interface PeersOptions {
  readonly kind: PeersKind;
  /** The Python that makes the environment. */
  readonly python: string;
  /** The environment's folder. */
  readonly folder: string;
  /** Index of packages to take torch from: the CPU build is smaller. null: as pip is set up. */
  readonly torchIndex: string | null;
  readonly say: (sentence: string) => void;
}

/** Path of the environment's Python, with all peers of a kind installed; throws a plain sentence when that is not possible. */
export function installPeers({ kind, python, folder, torchIndex, say }: PeersOptions): string {
  const { requirements, complete: marker, notice } = kinds[kind];
  const own = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const complete = join(folder, marker);
  if (existsSync(complete)) return own;
  if (!existsSync(own)) {
    say(`Making a virtual environment in ${folder}.`);
    must(run(python, ['-m', 'venv', folder]), `${python} cannot make a virtual environment`);
  }
  say(notice);
  const index = torchIndex === null ? [] : ['--extra-index-url', torchIndex];
  must(run(own, ['-m', 'pip', 'install', '-q', '-r', requirements, ...index]), 'The peers cannot be installed');
  const problem = kind === 'meta-learning' ? installLearn2learn(own, index) : null;
  if (problem !== null) say(`learn2learn is left out: ${problem}`);
  writeFileSync(complete, problem === null ? 'all\n' : 'without learn2learn\n');
  return own;
}

/**
 * learn2learn 0.2.0 ships C files that Cython made for older Pythons and that no longer compile: they are made anew
 * from its own sources, and it is built without looking at its outdated list of needs. Null, or why it did not work.
 */
function installLearn2learn(python: string, index: readonly string[]): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'innerloop-learn2learn-'));
  const pip = (...words: readonly string[]) => run(python, ['-m', 'pip', ...words]);
  try {
    const unbuilt = ['--no-deps', '--no-build-isolation'];
    must(pip('install', '-q', 'setuptools<81', 'wheel', 'cython'), 'its build tools cannot be installed');
    must(
      pip('download', '-q', ...unbuilt, '--no-binary', ':all:', '-d', folder, learn2learn),
      'it cannot be downloaded',
    );
    const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz')) ?? '';
    must(run(python, ['-m', 'tarfile', '-e', join(folder, archive), folder]), 'its archive cannot be unpacked');
    const source = join(folder, archive.replace('.tar.gz', ''));
    const data = join(source, 'learn2learn', 'data');
    const pyx = readdirSync(data).filter((name) => name.endsWith('.pyx'));
    for (const name of readdirSync(data).filter((file) => file.endsWith('.c'))) rmSync(join(data, name));
    must(run(python, ['-m', 'cython', '-3', ...pyx.map((name) => join(data, name))]), 'Cython cannot read its sources');
    must(pip('install', '-q', ...unbuilt, source), 'it cannot be built');
    must(
      pip(
        'install',
        '-q',
        ...index,
        '-r',
        kinds['meta-learning'].requirements,
        'requests',
        'gym',
        'torchvision',
        'scipy',
        'tqdm',
      ),
      'what it imports cannot be installed',
    );
    must(run(python, ['-W', 'ignore', '-c', 'import learn2learn']), 'it cannot be imported');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ran {
  readonly status: number | null;
  readonly lastLine: string;
}

function run(program: string, words: readonly string[]): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  if (error) return { status: null, lastLine: error.message };
  return { status, lastLine: `${stdout}\n${stderr}`.trim().split('\n').at(-1) ?? '' };
}

function must({ status, lastLine }: Ran, what: string): void {
  if (status !== 0) throw new Error(`${what}: ${lastLine}`);
}
