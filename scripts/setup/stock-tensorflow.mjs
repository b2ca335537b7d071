import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { amendRecord, readRecord } from './record.mjs';
import { shippedNodePath } from './shipped-node.mjs';
import { computeOnce } from './smoke.mjs';
import { Trouble } from './trouble.mjs';

/** libtensorflow of tfjs-node-gpu's own download. */
const stockVersion = '2.9.1';

/** Platforms without a libtensorflow of their own in a Python wheel. */
export const stockHosts = new Set(['win32-x64', 'darwin-x64']);

/**
 * Windows and Intel Macs: the download that tfjs-node-gpu comes with (its addon and libtensorflow 2.9.1). Untried.
 * @type {import('./place.mjs').Step}
 */
export const stockTensorflow = {
  name: 'TensorFlow (stock)',
  async isDone(place) {
    const { addon, tensorflow } = readRecord(place.modules);
    return tensorflow?.version === stockVersion && addon !== undefined && existsSync(addon.path);
  },
  async run(place) {
    if (place.flavour === 'gpu')
      throw new Trouble(
        `There is no current CUDA flavour of libtensorflow for ${place.host}.`,
        'Leave --gpu out to compute on the CPU.',
      );
    const folder = path.join(place.modules, '@tensorflow', 'tfjs-node-gpu');
    place.report.step(`TensorFlow ${stockVersion}: the download of tfjs-node-gpu itself (about 100 MB)`);
    const { code, output } = await run(shippedNodePath(place), ['scripts/install.js', 'cpu', 'download'], {
      cwd: folder,
    });
    if (code !== 0)
      throw new Trouble(
        `TensorFlow could not be fetched: ${output.trim().split('\n').at(-1) ?? ''}`,
        'Check the network and start again.',
      );
    place.report.note(await computeOnce(place));
    await amendRecord(place.modules, {
      tensorflow: { version: stockVersion, flavour: 'cpu', libDir: path.join(folder, 'deps', 'lib') },
      addon: { path: path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node') },
    });
  },
};
