import { run } from './command.mjs';

/**
 * Finds a Python that has pip: the Python package index is reached through pip's ordinary client, with the user's own
 * settings (mirror, proxy, certificates).
 * @param {NodeJS.Platform} platform
 * @returns {Promise<readonly string[] | undefined>} the command and its first arguments; undefined where there is none
 */
export async function findPip(platform) {
  const candidates = platform === 'win32' ? [['py', '-3'], ['python']] : [['python3'], ['python']];
  for (const [command = '', ...args] of candidates) {
    const { code } = await run(command, [...args, '-m', 'pip', '--version']);
    if (code === 0) return [command, ...args, '-m', 'pip'];
  }
  return undefined;
}
