/**
 * Our own fine-tuner on noise, in a process of its own that is asked like the peers. Argument: the row as JSON. The encoder
 * has MiniLM's sizes and random weights, which take the same time; texts fill more than three quarters of their length.
 */

import type { TextSource } from '../../../src/main/learning/fine-tuning/text-source.ts';
import { createLearner } from '../../../src/main/learning/meta-learner.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../../src/main/trainer/graph-folder.ts';
import { parseEncoderConfig } from '../../../src/shared/encoder/encoder-config.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { answerWindows, peakMb } from '../answer-windows.ts';
import { type FineTuneRow, fineTuneConfig } from './bench-row.ts';

const row = JSON.parse(process.argv[2] ?? '') as FineTuneRow;
const { libtensorflowVersion } = await loadTensorFlow();
const beforeMb = peakMb();
const learner = createLearner({
  config: fineTuneConfig(row),
  source: noiseTexts(1024, row.tokens),
  writeGraph: writeGraphFolder,
});
await answerWindows({ learner, beforeMb, libtensorflowVersion });

/** Training texts of two classes that say nothing; the tokenizer draws what it reads. */
function noiseTexts(examples: number, longest: number): TextSource {
  const random = createRandom(1, 'noise');
  const config = parseEncoderConfig({
    ...{ model_type: 'bert', hidden_size: 384, num_hidden_layers: 6, num_attention_heads: 12, intermediate_size: 1536 },
  });
  const encode = () => {
    const tokens = longest - random.integer(longest / 4);
    return {
      ids: Int32Array.from({ length: tokens }, () => random.integer(config.vocabSize)),
      types: new Int32Array(tokens),
    };
  };
  return {
    kind: 'text-classes',
    texts: Array.from({ length: examples }, () => ''),
    pairs: Array.from({ length: examples }, () => null),
    labels: Array.from({ length: examples }, (_, i) => [i % 2]),
    labelNames: ['ham', 'spam'],
    labelMode: 'single',
    splits: new Uint8Array(examples),
    encoder: { config, tokenizer: { encode, vocabSize: config.vocabSize }, tensors: null },
  };
}
