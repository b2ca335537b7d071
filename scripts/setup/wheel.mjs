import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { requireSpace } from './cache.mjs';
import { run } from './command.mjs';
import { digestFile, verifyDigest } from './digest.mjs';
import { findPip } from './python.mjs';
import { formatBytes } from './reporter.mjs';
import { explainFileError, Trouble } from './trouble.mjs';

/** @typedef {import('./pins.mjs').WheelPin} WheelPin */
/** @typedef {import('./reporter.mjs').Reporter} Reporter */

/**
 * Brings one wheel into the cache's downloads. A whole one from an earlier attempt is used again after its digest was
 * checked; half a one is thrown away.
 * @param {WheelPin} pin
 * @param {{cache: string, platform: NodeJS.Platform, report: Reporter}} place
 * @returns {Promise<string>} the wheel's path, digest verified
 * @throws {Trouble} no pip, no network, no space, or another digest than the pinned one
 */
export async function fetchWheel(pin, { cache, platform, report }) {
  const downloads = path.join(cache, 'downloads');
  const wheel = path.join(downloads, pin.file);
  if (existsSync(wheel)) {
    if ((await digestFile(wheel)) === pin.sha256) {
      report.note(`${pin.file} was fetched before; its digest is right.`);
      return wheel;
    }
    await rm(wheel, { force: true });
  }
  const pip = await findPip(platform);
  if (pip === undefined) {
    throw new Trouble(
      `Python with pip was not found: set-up fetches ${pin.project} with it.`,
      'Install Python 3 with pip (Debian and Ubuntu: apt-get install python3-pip) and start again.',
    );
  }
  await requireSpace(downloads, pin.bytes + pin.unpackedBytes, `${pin.project} ${pin.version}`);
  const temporary = path.join(downloads, `.unfinished-${pin.file}`);
  try {
    await rm(temporary, { recursive: true, force: true });
    await mkdir(path.join(temporary, 'tmp'), { recursive: true });
    await downloadWithPip(pip, pin, temporary, report);
    await verifyDigest(path.join(temporary, pin.file), pin.sha256);
    await rename(path.join(temporary, pin.file), wheel);
    report.downloaded(pin.bytes);
    return wheel;
  } catch (error) {
    throw explainFileError(error, downloads);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} pip @param {WheelPin} pin @param {string} folder @param {Reporter} report */
async function downloadWithPip([command = '', ...args], pin, folder, report) {
  const requirements = path.join(folder, 'requirements.txt');
  await writeFile(requirements, `${pin.project}==${pin.version} --hash=sha256:${pin.sha256}\n`);
  // pip shows no progress without a terminal: the size of the file that it is writing is watched instead.
  const watch = setInterval(() => {
    largestFile(folder).then(
      (bytes) => report.progress(bytes, pin.bytes, 'bytes'),
      () => clearInterval(watch),
    );
  }, 200);
  const { code, output } = await run(
    command,
    [...args, ...downloadOptions(pin), '--dest', folder, '--requirement', requirements],
    {
      env: {
        ...process.env,
        TMPDIR: path.join(folder, 'tmp'),
        TEMP: path.join(folder, 'tmp'),
        TMP: path.join(folder, 'tmp'),
      },
    },
  ).finally(() => clearInterval(watch));
  if (code !== 0) throw explainPip(output, pin);
}

/** @param {WheelPin} pin @returns {readonly string[]} */
const downloadOptions = (pin) => [
  'download',
  '--no-deps',
  '--require-hashes',
  '--only-binary=:all:',
  '--no-cache-dir',
  '--disable-pip-version-check',
  '--retries',
  '2',
  '--timeout',
  '20',
  '--python-version',
  '3.11',
  '--implementation',
  'cp',
  '--platform',
  pin.platform,
];

/**
 * @param {string} output of a failed pip
 * @param {WheelPin} pin
 * @returns {Trouble}
 */
export function explainPip(output, pin) {
  const what = `${pin.project} ${pin.version} (${formatBytes(pin.bytes)})`;
  if (/No space left|Errno 28/i.test(output)) {
    return new Trouble(
      `The disk is full: ${what} could not be written.`,
      'Free some space, or set INNERLOOP_CACHE to a folder on another disk.',
    );
  }
  if (/DO NOT MATCH THE HASHES/i.test(output)) {
    return new Trouble(
      `The package index sent another ${what} than the pinned one; it was refused.`,
      'Check the index or mirror that pip is configured with (pip config list).',
    );
  }
  if (
    /NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|Temporary failure|Name or service|getaddrinfo|ProxyError|SSLError|Network is unreachable|HTTPSConnectionPool|Max retries/i.test(
      output,
    )
  ) {
    return new Trouble(
      `The Python package index cannot be reached: ${what} was not fetched.`,
      "Check the network, or pip's proxy and mirror settings (pip config list), and start again.",
    );
  }
  const tail = output.trim().split('\n').slice(-4).join('\n');
  return new Trouble(
    `pip could not fetch ${what}. It said:\n${tail}`,
    'Start again once that is mended; nothing half-written was kept.',
  );
}

/** @param {string} folder @returns {Promise<number>} bytes */
async function largestFile(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = await Promise.all(
    entries.map((entry) => {
      const at = path.join(folder, entry.name);
      return entry.isDirectory() ? largestFile(at) : stat(at).then((found) => found.size);
    }),
  ).catch(() => [0]); // pip moves its files while they are counted
  return Math.max(0, ...sizes);
}
