import { existsSync } from 'node:fs';
import { run } from './command.mjs';
import { Trouble } from './trouble.mjs';

/** @typedef {import('./place.mjs').Place} Place */

/**
 * Installs operating system packages where that is allowed (as root on Debian or Ubuntu), else names the one command.
 * @param {readonly string[]} packages Debian names; where a release renamed one with t64, that one is taken
 * @param {string} problem what is missing, for whom it must be said
 * @param {Place} place
 * @throws {Trouble} with the command, where set-up may not or cannot install
 */
export async function installSystemPackages(packages, problem, { platform, report }) {
  if (platform !== 'linux' || !existsSync('/usr/bin/apt-get')) {
    throw new Trouble(problem, `Install with the system's package manager what Debian calls: ${packages.join(' ')}`);
  }
  if (process.getuid?.() !== 0) {
    throw new Trouble(
      problem,
      `Run: sudo apt-get update && sudo apt-get install -y ${(await currentNames(packages)).join(' ')}`,
    );
  }
  report.note('Installing with apt-get, as this is root.');
  await apt(['update']);
  await apt(['install', '--yes', '--no-install-recommends', ...(await currentNames(packages))], (line) => {
    if (/^Setting up /.test(line)) report.note(line.replace(/ \.\.\.$/, ''));
  });
}

/** @param {readonly string[]} args @param {(line: string) => void} [onLine] */
async function apt(args, onLine) {
  const { code, output } = await run('apt-get', ['--quiet', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    ...(onLine && { onLine }),
  });
  if (code === 0) return;
  const errors = output
    .split('\n')
    .filter((line) => /^E:/.test(line))
    .slice(0, 3);
  throw new Trouble(
    `apt-get ${args[0]} failed: ${errors.join(' ') || output.trim().split('\n').at(-1)}`,
    'Mend that (often: no network, or another apt-get is at work) and start again.',
  );
}

/** @param {readonly string[]} packages @returns {Promise<readonly string[]>} the names that this release knows */
function currentNames(packages) {
  return Promise.all(
    packages.map(async (name) => {
      const { output } = await run('apt-cache', ['policy', `${name}t64`]);
      return /Candidate: [^(]/.test(output) ? `${name}t64` : name;
    }),
  );
}
