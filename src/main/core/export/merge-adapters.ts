import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { EncoderTensor } from '../../files/hugging-face-folder.ts';

/**
 * Works low-rank adapters into their weights: W + alpha / rank * B A (Hu 2021, arXiv 2106.09685, section 4.1), with
 * W [outputs, inputs], A [rank, inputs], B [outputs, rank]. Returns the parameters without the adapters. Throws
 * `bad-file` when an adapter's other half or its weight is missing or of another shape.
 */
export function mergeAdapters(
  parameters: ReadonlyMap<string, EncoderTensor>,
  alpha: number,
): ReadonlyMap<string, EncoderTensor> {
  const merged = new Map([...parameters].filter(([name]) => !isAdapter(name)));
  for (const [name, a] of parameters) {
    const target = /^(.*)\.lora_A\.weight$/.exec(name)?.[1];
    if (target === undefined) continue;
    const b = parameters.get(`${target}.lora_B.weight`);
    const weight = merged.get(`${target}.weight`);
    if (!b || !weight) throw unfit(target, 'a part of it is missing');
    const [rank, inputs] = a.shape as [number, number];
    const [outputs] = b.shape as [number, number];
    if (b.shape[1] !== rank || weight.shape.join() !== [outputs, inputs].join())
      throw unfit(target, 'its shapes differ');
    merged.set(`${target}.weight`, { shape: weight.shape, values: added(weight.values, a, b, alpha / rank) });
  }
  return merged;
}

const isAdapter = (name: string): boolean => /\.lora_[AB]\.weight$/.test(name);

function added(weight: Float32Array, a: EncoderTensor, b: EncoderTensor, scale: number): Float32Array {
  const [rank, inputs] = a.shape as [number, number];
  const result = Float64Array.from(weight);
  for (let output = 0; output * inputs < weight.length; output++) {
    for (let r = 0; r < rank; r++) {
      const factor = scale * b.values[output * rank + r]!;
      for (let input = 0; input < inputs; input++) {
        result[output * inputs + input]! += factor * a.values[r * inputs + input]!;
      }
    }
  }
  return Float32Array.from(result);
}

const unfit = (target: string, why: string): InnerloopError =>
  new InnerloopError('bad-file', `The adapter of ${target} in the checkpoint cannot be merged: ${why}.`);
