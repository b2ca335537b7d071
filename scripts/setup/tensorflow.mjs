import { existsSync } from 'node:fs';
import { lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { installSystemPackages } from './apt.mjs';
import { installFolder, requireSpace } from './cache.mjs';
import { cudaLibraries, sumBytes, tensorflowCpu, tensorflowGpu, tensorflowVersion } from './pins.mjs';
import { findPip } from './python.mjs';
import { amendRecord, readRecord } from './record.mjs';
import { formatBytes } from './reporter.mjs';
import { Trouble } from './trouble.mjs';
import { unzip } from './unzip.mjs';
import { fetchWheel } from './wheel.mjs';

/** @typedef {import('./place.mjs').Place} Place */
/** @typedef {import('./pins.mjs').WheelPin} WheelPin */

/** libtensorflow from the wheel of the Python package, in the cache, linked into tfjs-node-gpu. @type {import('./place.mjs').Step} */
export const tensorflow = {
  name: 'libtensorflow',
  async isDone(place) {
    const known = readRecord(place.modules).tensorflow;
    return (
      known?.flavour === place.flavour &&
      known.version === tensorflowVersion &&
      known.libDir === libraryFolder(place) &&
      existsSync(path.join(known.libDir, libraryName(place))) &&
      (await linkTarget(linkPath(place))) === known.libDir
    );
  },
  async run(place) {
    const folder = cacheFolderOf(place);
    if (!existsSync(folder)) await fetchAndUnpack(place, folder);
    await pointLink(linkPath(place), libraryFolder(place));
    await amendRecord(place.modules, {
      tensorflow: { version: tensorflowVersion, flavour: place.flavour, libDir: libraryFolder(place) },
    });
  },
};

/** @param {Place} place @returns {readonly WheelPin[]} tensorflow first, then what it needs beside it @throws {Trouble} where there is none */
function pinsOf({ host, flavour }) {
  const pin = (flavour === 'gpu' ? tensorflowGpu : tensorflowCpu)[host];
  if (pin) return flavour === 'gpu' ? [pin, ...(cudaLibraries[host] ?? [])] : [pin];
  if (flavour === 'gpu')
    throw new Trouble(
      `There is no CUDA flavour of libtensorflow for ${host}.`,
      `It exists for ${Object.keys(tensorflowGpu).join(', ')}; leave --gpu out to compute on the CPU.`,
    );
  throw new Trouble(
    `There is no libtensorflow ${tensorflowVersion} for ${host}.`,
    `It exists for ${Object.keys(tensorflowCpu).join(', ')}.`,
  );
}

/** @param {Place} place @returns {string} the folder in the cache; the GPU one is keyed by all its wheels' digests */
function cacheFolderOf(place) {
  const key = pinsOf(place)
    .map((pin) => pin.sha256.slice(0, place.flavour === 'gpu' ? 2 : 12))
    .join('');
  return path.join(place.cache, `tensorflow-${place.flavour}-${tensorflowVersion}-${place.host}-${key}`);
}

/** @param {Place} place @returns {string} where libtensorflow_cc lies */
const libraryFolder = (place) => path.join(cacheFolderOf(place), 'tensorflow');

/** @param {Place} place @returns {string} */
const libraryName = ({ platform }) => (platform === 'darwin' ? 'libtensorflow_cc.2.dylib' : 'libtensorflow_cc.so.2');

/** @param {Place} place @returns {string} the link through which the addon finds the library */
export const linkPath = (place) => path.join(place.modules, '@tensorflow', 'tfjs-node-gpu', 'deps', 'lib');

/** @param {Place} place @param {string} folder */
async function fetchAndUnpack(place, folder) {
  const pins = pinsOf(place);
  const unpacked = pins.reduce((sum, pin) => sum + pin.unpackedBytes, 0);
  place.report.step(
    `libtensorflow ${tensorflowVersion} (${place.flavour}): ${formatBytes(sumBytes(pins))} to fetch, ${formatBytes(unpacked)} on disk in ${place.cache}`,
  );
  if (!(await findPip(place.platform))) {
    await installSystemPackages(
      ['python3', 'python3-pip'],
      'Python with pip was not found: set-up fetches libtensorflow with it.',
      place,
    );
  }
  await requireSpace(place.cache, sumBytes(pins) + unpacked, `libtensorflow ${tensorflowVersion}`);
  /** @type {string[]} */
  const wheels = [];
  for (const pin of pins) {
    if (pins.length > 1) place.report.note(`${pin.project} ${pin.version}, ${formatBytes(pin.bytes)}`);
    wheels.push(await fetchWheel(pin, place));
  }
  await installFolder(folder, async (temporary) => {
    for (const wheel of wheels) {
      place.report.note(`unpacking ${path.basename(wheel)}`);
      await unzip(wheel, temporary, keptMember, (done, total) => place.report.progress(done, total, 'bytes'));
    }
  });
  for (const wheel of wheels) await rm(wheel, { force: true });
}

/**
 * The library, the few headers that the addon includes, and CUDA's libraries with the device code XLA links; the rest
 * of the wheels is Python.
 * @param {string} name
 * @returns {string | undefined}
 */
export function keptMember(name) {
  const kept =
    /^tensorflow\/libtensorflow_(cc|framework)(\.so\.2|\.2\.dylib)$/.test(name) ||
    /^tensorflow\/include\/(tensorflow\/c\/|tensorflow\/core\/platform\/ctstring|tsl\/platform\/ctstring|xla\/tsl\/c\/)/.test(
      name,
    ) ||
    /^nvidia\/[^/]+\/(lib|bin|nvvm)\//.test(name);
  return kept ? name : undefined;
}

/** @param {string} link @returns {Promise<string | undefined>} */
async function linkTarget(link) {
  return (await lstat(link).catch(() => undefined))?.isSymbolicLink() ? readlink(link) : undefined;
}

/** Re-points the link in one move, so that no process ever finds it missing. @param {string} link @param {string} target */
async function pointLink(link, target) {
  if ((await linkTarget(link)) === target) return;
  await mkdir(path.dirname(link), { recursive: true });
  const next = `${link}.next`;
  await rm(next, { force: true });
  await symlink(target, next);
  if ((await lstat(link).catch(() => undefined))?.isDirectory()) await rm(link, { recursive: true });
  await rename(next, link);
}
