// Starts the desktop app; where no window can be shown, runs the sinusoid quick-start in the terminal instead.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { appEnvironment, runtimeRecord } from './runtime-env.mjs';
import { runInForeground } from './setup/command.mjs';
import { hasDisplay, repositoryRoot } from './setup/place.mjs';
import { Trouble } from './setup/trouble.mjs';

const quickStart = path.join('resources', 'examples', 'sinusoid-quick-start.json');

/** @typedef {import('./runtime-env.mjs').RuntimeRecord} RuntimeRecord */

/** @param {RuntimeRecord} record @returns {Promise<number>} exit code */
async function openWindow(record) {
  if (!record.electron) throw new Trouble('Electron is not set up yet.', 'Run: npm run setup');
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (!asRoot) checkSandbox(record.electron.path);
  // Chromium refuses its sandbox to root; everyone else keeps it.
  const args = [...(asRoot ? ['--no-sandbox'] : []), repositoryRoot, ...process.argv.slice(2)];
  return runInForeground(record.electron.path, args, { env: appEnvironment(record, process.env) });
}

/**
 * Ubuntu 24.04 lets only known programs make the user namespaces that Chromium's sandbox is built of; Electron would
 * end with a long message from Chromium.
 * @param {string} electron
 */
function checkSandbox(electron) {
  const rule = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (!existsSync(rule) || readFileSync(rule, 'utf8').trim() !== '1') return;
  const helper = path.join(path.dirname(electron), 'chrome-sandbox');
  const { uid, mode } = statSync(helper);
  if (uid === 0 && (mode & 0o4755) === 0o4755) return;
  throw new Trouble(
    'This system does not let Electron build its sandbox (AppArmor restricts user namespaces).',
    `Run once: sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  );
}

/** @param {RuntimeRecord} record @returns {Promise<number>} exit code */
async function runInTerminal({ node }) {
  process.stdout.write('There is no display for a window (neither DISPLAY nor WAYLAND_DISPLAY is set).\n');
  process.stdout.write(`Running the sinusoid quick-start in the terminal instead: ${quickStart}\n\n`);
  const cli = path.join('src', 'main', 'cli', 'index.ts');
  // It ends with where the run is stored.
  const code = await runInForeground(node.path, [cli, 'run', quickStart], { cwd: repositoryRoot });
  process.stdout.write('\nIn this checkout `innerloop` is: npm run -s innerloop -- COMMAND\n');
  return code;
}

try {
  const record = runtimeRecord(repositoryRoot);
  process.exitCode = await (hasDisplay(process.platform, process.env) ? openWindow(record) : runInTerminal(record));
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
