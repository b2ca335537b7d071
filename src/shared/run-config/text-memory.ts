import type { EncoderConfig } from '../encoder/encoder-config.ts';
import type { TextFineTuneRunConfig } from './schema.ts';

type EncoderSize = Pick<
  EncoderConfig,
  'hiddenSize' | 'layers' | 'heads' | 'intermediateSize' | 'vocabSize' | 'maxPositions'
>;

/** Largest resident size of a trainer that fine-tunes on texts, as an upper bound, and what it is made of; bytes. */
export interface TextMemory {
  readonly peakBytes: number;
  readonly programBytes: number;
  readonly keptBytes: number;
  readonly workBytes: number;
}

const FLOAT = 4;
/*
 * Measured on the CPU with Node 24 and TensorFlow 2.21: MiniLM (22.7 million parameters, all trained) in batches of 16
 * peaked at 1.9 GB with 64 tokens and at 2.2 GB with 128, the checkpoint and the final evaluations included.
 */
/** Node, TensorFlow, tokenized texts and the graphs of all lengths. */
const PROGRAM = 560e6;
/** In the graph, as read from the file, and as it is handed over. */
const COPIES = 3;
/** Of what is trained besides: two moments, the gradient, a checkpoint's three, parameters swapped for evaluation. */
const TRAINED_COPIES = 9;
/** Results that a layer holds at once, of the hidden size, of the inner size, and of the size of its attention. */
const HELD = { hidden: 12, inner: 5, attention: 5 };

/** Depends on the config and the encoder's sizes alone. */
export function estimateTextMemory(config: TextFineTuneRunConfig, size: EncoderSize): TextMemory {
  const { algorithm, engine, task } = config;
  const { all, trained } = parameterCounts(config, size);
  const sums = algorithm.accumulate > 1 ? trained : 0;
  const keptBytes = (all * COPIES + trained * TRAINED_COPIES + sums) * FLOAT;
  const tokens = algorithm.batch * task.maxLength;
  const perToken =
    HELD.hidden * size.hiddenSize + HELD.inner * size.intermediateSize + HELD.attention * size.heads * task.maxLength;
  const eagerly = engine.mode === 'eager' ? 2 : 1; // operations keep what a graph drops as soon as it was used
  const workBytes = tokens * perToken * size.layers * FLOAT * eagerly;
  return { peakBytes: PROGRAM + keptBytes + workBytes, programBytes: PROGRAM, keptBytes, workBytes };
}

/** About: biases and norms are left out. */
function parameterCounts({ model }: TextFineTuneRunConfig, size: EncoderSize) {
  const { hiddenSize, intermediateSize, layers, vocabSize, maxPositions } = size;
  const layer = 4 * hiddenSize ** 2 + 2 * hiddenSize * intermediateSize;
  const head = hiddenSize ** 2;
  const all = (vocabSize + maxPositions) * hiddenSize + layers * layer + head;
  const part = model.trained;
  if (part.kind === 'all') return { all, trained: all };
  if (part.kind === 'last-layers') return { all, trained: Math.min(part.layers, layers) * layer + head };
  return { all, trained: head + (part.kind === 'lora' ? layers * 4 * part.rank * hiddenSize : 0) };
}

/** What a step holds and what would need less, in one sentence. */
export function textMemoryRemedy({ algorithm, task }: Pick<TextFineTuneRunConfig, 'algorithm' | 'task'>): string {
  const { batch, accumulate } = algorithm;
  const computed = `A step computes ${batch} ${batch === 1 ? 'text' : 'texts'} of up to ${task.maxLength} tokens at once`;
  if (batch === 1) return `${computed}: set task.maxLength to ${Math.max(4, Math.floor(task.maxLength / 2))}.`;
  const half = Math.floor(batch / 2);
  const same = batch % 2 === 0 && accumulate * 2 <= 256;
  const kept = same ? ` and algorithm.accumulate to ${accumulate * 2}, which keeps the size of a step` : '';
  return `${computed}: set algorithm.batch to ${half}${kept}, or task.maxLength to a smaller value.`;
}
