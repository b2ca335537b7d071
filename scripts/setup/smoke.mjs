import path from 'node:path';
import { tensorflowEnvironment } from '../runtime-env.mjs';
import { run } from './command.mjs';
import { shippedNodePath } from './shipped-node.mjs';
import { Trouble } from './trouble.mjs';

// tfjs-node 4.22.0 still calls two functions that Node 23 took out of util.
const program = `
  const util = require('node:util');
  util.isArray ??= Array.isArray;
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const tf = require(process.argv[1]);
  const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[0, 1], [1, 0]])).arraySync();
  if (tf.getBackend() !== 'tensorflow' || String(product) !== '2,1,4,3') throw new Error('wrong product ' + product);
`;

/** @type {Readonly<Record<string, string | undefined>>} */
const showCards = { CUDA_VISIBLE_DEVICES: process.env.CUDA_VISIBLE_DEVICES, TF_CPP_MIN_LOG_LEVEL: '0' };

/**
 * @param {string} output what TensorFlow said while it looked for graphics cards
 * @returns {string} for example 'on NVIDIA H100'
 */
export function describeCard(output) {
  const card = /Created device .*GPU:0 .*name: ([^,]+)/.exec(output)?.[1];
  if (card) return `on ${card}`;
  const reason = /cuInit.*|Cannot dlopen.*|Could not find cuda.*/.exec(output)?.[0];
  return `on the CPU: no graphics card can be used${reason ? ` (${reason.trim()})` : ''}`;
}

/**
 * Loads the addon in the shipped Node and multiplies two small matrices.
 * @param {import('./place.mjs').Place} place
 * @returns {Promise<string>} a sentence about what was seen
 * @throws {Trouble} with what the loader said
 */
export async function computeOnce(place) {
  const { code, signal, output } = await run(
    shippedNodePath(place),
    ['-e', program, path.join(place.modules, '@tensorflow', 'tfjs-node-gpu')],
    { env: { ...process.env, ...tensorflowEnvironment, ...(place.flavour === 'gpu' && showCards) } },
  );
  if (code === 0)
    return `TensorFlow loads and multiplies on the shipped Node${place.flavour === 'gpu' ? `, ${describeCard(output)}` : ''}.`;
  const reason =
    output.split('\n').find((line) => /Error|cannot open|not found|GLIBC/.test(line)) ??
    output.trim().split('\n').at(-1) ??
    '';
  throw new Trouble(
    `TensorFlow does not load: ${signal ? `ended by ${signal}. ` : ''}${reason.trim()}`,
    'It needs a 64-bit processor with AVX and glibc 2.27 or newer; if those are there, report the line above.',
  );
}
