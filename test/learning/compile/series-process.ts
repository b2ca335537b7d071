/** A process of its own that trains for a few steps and prints the bits of losses and state; arguments: workload, compiler. */

import { createHash } from 'node:crypto';
import type { GraphCompiler } from '../../../src/main/learning/compile/compiled-step.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { compiled, compileWorkload, losses } from './compiling.ts';
import { convolutionStep, sinusoidMaml } from './training-steps.ts';

const [name, compiler] = process.argv.slice(2) as ['sinusoid' | 'convolution', GraphCompiler];
await loadTensorFlow();
const workload = name === 'sinusoid' ? sinusoidMaml(5, 1) : convolutionStep();
const step = compileWorkload(workload, { ...compiled, compiler });
const digest = createHash('sha256').update(Float64Array.from(losses(step, workload, 30)));
for (const { buffer, byteOffset, byteLength } of step.readState()) {
  digest.update(new Uint8Array(buffer, byteOffset, byteLength));
}
console.log(`${step.facts.compiler} ${digest.digest('hex')}`);
