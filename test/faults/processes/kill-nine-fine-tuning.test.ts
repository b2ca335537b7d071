import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkpointName } from '../../../src/main/trainer/checkpoint-file.ts';
import type { TrainJob } from '../../../src/shared/contract/trainer.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { settleConfig } from '../../../src/shared/run-config/settle.ts';
import { temporaryFolder } from '../../core/store/store-for-test.ts';
import { configOf, ofType, series } from '../../trainer/harness.ts';
import { runTrainer, type TrainerEnd } from '../../trainer/trainer-process.ts';

const addon = join(
  import.meta.dirname,
  '../../../node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node',
);
const built = existsSync(addon) ? '' : ' (skipped: the addon is not built, run npm run setup)';

const counts = { train: 96, validation: 16, test: 16 }; // at 8 a step, 12 steps an epoch
const last = 36;
const config = settleConfig(
  configOf({
    device: 'cpu',
    task: { kind: 'text-classes', dataset: 'moods', maxLength: 24 },
    model: {
      kind: 'encoder',
      start: { kind: 'from-scratch', layers: 1, hiddenSize: 16, heads: 2, vocabulary: 100 },
      dropout: 0.2, // drawn anew in every step: the state of the generator has to come back, too
    },
    algorithm: { kind: 'fine-tune', epochs: 3, batch: 4, accumulate: 2, patience: 0 },
    outer: { rate: 0.01 },
    checkpoints: { every: 7 },
  }),
  counts,
);

/** A dataset of texts as the core hands it to a trainer. */
function writeDataset(folder: string): NonNullable<TrainJob['dataset']> {
  const random = createRandom(1, 'moods');
  const words = ['the', 'day', 'was', 'long', 'and', 'we', 'sang', 'of', 'rain'];
  const examples = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const lines = Array.from({ length: examples }, (_, index) => {
    const fillers = Array.from({ length: 1 + random.integer(18) }, () => words[random.integer(words.length)]);
    return JSON.stringify({ text: [...fillers, index % 2 ? 'glad' : 'sad'].join(' '), labels: [index % 2] });
  });
  const files = { examplesFile: join(folder, 'examples.jsonl'), splitsFile: join(folder, 'splits-v1.u8') };
  writeFileSync(files.examplesFile, `${lines.join('\n')}\n`);
  writeFileSync(
    files.splitsFile,
    Uint8Array.from(lines, (_, index) => (index < counts.train ? 0 : index < counts.train + counts.validation ? 1 : 2)),
  );
  return {
    ...{ kind: 'text-classes', id: 'moods', name: 'moods', version: 1, digest: 'd', ...files },
    ...{ labels: ['sad', 'glad'], labelMode: 'single', examples },
  };
}

it.skipIf(built !== '')(
  `kill -9 of fine-tuning in the middle of an epoch, twice: it ends with the same bits as a run that was left alone${built}`,
  async () => {
    const dataset = writeDataset(temporaryFolder());
    const job = (folder: string, resumeFrom: string | null): TrainJob => ({
      ...{ kind: 'train', runId: 'r', config, dataset, folder, resumeFrom, computeMs: 0, bestSoFar: null },
    });
    const alone = temporaryFolder();
    const whole = await runTrainer(job(alone, null));
    expect(whole.messages.at(-1)).toEqual({ type: 'end', outcome: 'completed' });

    const killed = temporaryFolder();
    const losses = new Map<number, number>();
    let from: string | null = null;
    for (const iteration of [7, 21]) {
      const dead = await runTrainer(job(killed, from), (message, child) => {
        if (message.type === 'checkpoint' && message.iteration === iteration) child.kill('SIGKILL');
      });
      expect([dead.signal, ofType(dead.messages, 'failed')]).toEqual(['SIGKILL', []]);
      for (const [step, loss] of series(dead.messages, 'train/loss')) losses.set(step, loss);
      from = checkpointName(iteration);
    }
    const resumed = await runTrainer(job(killed, from));
    expect(resumed.messages.at(-1)).toEqual({ type: 'end', outcome: 'completed' });
    for (const [step, loss] of series(resumed.messages, 'train/loss')) losses.set(step, loss);

    expect([...losses].sort(([one], [other]) => one - other)).toEqual(series(whole.messages, 'train/loss'));
    const bytes = (folder: string) => readFileSync(join(folder, checkpointName(last)));
    expect(bytes(killed).equals(bytes(alone))).toBe(true); // weights, moments, random state and the best validation
    const verdict = (messages: TrainerEnd['messages']) => ofType(messages, 'evaluation').at(-1)!;
    expect(verdict(resumed.messages).predictions).toEqual(verdict(whole.messages).predictions);
  },
  120_000,
);
