import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { installSystemPackages } from './apt.mjs';
import { installFolder } from './cache.mjs';
import { run } from './command.mjs';
import { tensorflowVersion } from './pins.mjs';
import { amendRecord, readJson, readRecord, writeJson } from './record.mjs';
import { shippedNodeFolder } from './shipped-node.mjs';
import { computeOnce } from './smoke.mjs';
import { linkPath } from './tensorflow.mjs';
import { Trouble } from './trouble.mjs';

/** @typedef {import('./place.mjs').Place} Place */

/**
 * tfjs-node-gpu's own addon, built from the sources in its npm package against libtensorflow. It finds the library
 * through a relative path and a link, so one build serves every clone and both flavours.
 * @type {import('./place.mjs').Step}
 */
export const addon = {
  name: 'TensorFlow addon',
  async isDone(place) {
    const stamp = readJson(stampFile(place));
    return (
      existsSync(addonFile(place)) &&
      stamp?.made === describeMade(place) &&
      stamp.tried === readRecord(place.modules).tensorflow?.libDir
    );
  },
  async run(place) {
    place.report.step('tfjs-node-gpu addon, for this compiler and these versions (nothing to fetch)');
    const compiler = await findCompiler(place);
    const key = createHash('sha256')
      .update(`${describeMade(place)} ${compiler.version}`)
      .digest('hex')
      .slice(0, 16);
    const cached = path.join(place.cache, `tfjs-addon-${key}`);
    if (!existsSync(cached)) place.report.note('building it: about 20 s');
    await installFolder(cached, (temporary) =>
      build(compiler.command, path.join(temporary, 'tfjs_binding.node'), place),
    );
    await mkdir(path.dirname(addonFile(place)), { recursive: true });
    await copyFile(path.join(cached, 'tfjs_binding.node'), `${addonFile(place)}.unfinished`);
    await rename(`${addonFile(place)}.unfinished`, addonFile(place));
    place.report.note(await computeOnce(place));
    await amendRecord(place.modules, { addon: { path: addonFile(place) } });
    await writeJson(stampFile(place), {
      made: describeMade(place),
      tried: readRecord(place.modules).tensorflow?.libDir,
    });
  },
};

/** @param {Place} place @returns {string} */
const packageFolder = (place) => path.join(place.modules, '@tensorflow', 'tfjs-node-gpu');

/** @param {Place} place @returns {string} where node-pre-gyp looks on Node 24: the highest N-API version of its list */
const addonFile = (place) => path.join(packageFolder(place), 'lib', 'napi-v8', 'tfjs_binding.node');

/** @param {Place} place @returns {string} */
const stampFile = (place) => path.join(packageFolder(place), 'lib', 'napi-v8', 'innerloop.json');

/** @param {Place} place @returns {string} all that decides the addon's content but the compiler */
function describeMade(place) {
  const { version } = readJson(path.join(packageFolder(place), 'package.json')) ?? {};
  const node = readJson(path.join(shippedNodeFolder(place), 'package.json'))?.version;
  return `tfjs-node-gpu ${version}, libtensorflow ${tensorflowVersion}, Node ${node}, ${place.host}`;
}

/** @param {Place} place @returns {Promise<{command: string, version: string}>} */
async function findCompiler(place) {
  const found = await firstCompiler();
  if (found) return found;
  const problem = 'No C++ compiler was found: the TensorFlow addon is built with it.';
  if (place.platform === 'darwin') throw new Trouble(problem, 'Run: xcode-select --install');
  await installSystemPackages(['g++'], problem, place);
  const installed = await firstCompiler();
  if (installed) return installed;
  throw new Trouble(problem, 'Install g++ and start again.');
}

/** @returns {Promise<{command: string, version: string} | undefined>} $CXX, g++, c++ or clang++, whichever answers first */
async function firstCompiler() {
  for (const command of [process.env.CXX, 'g++', 'c++', 'clang++']) {
    if (!command) continue;
    const { code, output } = await run(command, ['--version']);
    if (code === 0) return { command, version: output.split('\n')[0] ?? '' };
  }
  return undefined;
}

/** @param {string} compiler @param {string} output @param {Place} place */
async function build(compiler, output, place) {
  const tfjs = packageFolder(place);
  const library = linkPath(place);
  const darwin = place.platform === 'darwin';
  const { code, output: said } = await run(compiler, [
    '-O2',
    '-fPIC',
    '-shared',
    '-std=c++17',
    '-DNAPI_VERSION=8',
    '-DBUILDING_NODE_EXTENSION',
    '-DNODE_GYP_MODULE_NAME=tfjs_binding',
    '-I',
    path.join(shippedNodeFolder(place), 'include', 'node'),
    '-I',
    tfjs,
    '-I',
    path.join(library, 'include'),
    '-I',
    path.join(library, 'include', 'tensorflow', 'compiler'),
    path.join(tfjs, 'binding', 'tfjs_backend.cc'),
    path.join(tfjs, 'binding', 'tfjs_binding.cc'),
    '-o',
    output,
    '-L',
    library,
    ...(darwin
      ? [
          '-undefined',
          'dynamic_lookup',
          '-ltensorflow_cc.2',
          '-ltensorflow_framework.2',
          '-Wl,-rpath,@loader_path/../../deps/lib',
        ]
      : ['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2', '-Wl,-rpath,$ORIGIN/../../deps/lib']),
  ]);
  if (code === 0) return;
  const errors = said
    .split('\n')
    .filter((line) => /error|undefined reference|killed/i.test(line))
    .slice(0, 3);
  throw new Trouble(
    `${compiler} could not build the TensorFlow addon:\n${errors.join('\n') || said.trim().split('\n').at(-1)}`,
    'It needs C++17 (g++ 8 or newer) and about 1 GB of memory; install a newer compiler or name one in CXX.',
  );
}
