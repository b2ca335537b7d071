import type { ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTextClassifier } from '../../src/main/files/text-classifier-file.ts';
import { checkpointName } from '../../src/main/trainer/checkpoint-file.ts';
import type { Answer, PredictJob, TextTrainerDataset } from '../../src/shared/contract/trainer.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import { settleConfig } from '../../src/shared/run-config/settle.ts';
import type { ExamplePredictions } from '../../src/shared/runs/example-predictions.ts';
import { configOf, ofType, temporaryFolder } from './harness.ts';
import { runTrainer } from './trainer-process.ts';

const addon = join(import.meta.dirname, '../../node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node');
const title = existsSync(addon)
  ? 'the real trainer, asked of new texts'
  : 'the real trainer, asked of new texts (skipped: the addon is not built, run npm run setup)';

const counts = { train: 40, validation: 8, test: 36 };
const config = settleConfig(
  configOf({
    device: 'cpu',
    task: { kind: 'text-classes', dataset: 'moods', maxLength: 24 },
    model: { kind: 'encoder', start: { kind: 'from-scratch', layers: 1, hiddenSize: 16, heads: 2, vocabulary: 100 } },
    algorithm: { kind: 'fine-tune', epochs: 16, batch: 8, patience: 0 },
    outer: { rate: 0.02 },
  }),
  counts,
);

const random = createRandom(1, 'moods');
const words = ['the', 'day', 'was', 'long', 'and', 'we', 'sang', 'of', 'rain'];
const texts = Array.from({ length: counts.train + counts.validation + counts.test }, (_, index) => {
  const fillers = Array.from({ length: 1 + random.integer(18) }, () => words[random.integer(words.length)]);
  return [...fillers, index % 2 ? 'glad' : 'sad'].join(' ');
});

function writeDataset(folder: string): TextTrainerDataset {
  const files = { examplesFile: join(folder, 'examples.jsonl'), splitsFile: join(folder, 'splits-v1.u8') };
  writeFileSync(
    files.examplesFile,
    texts.map((text, index) => `${JSON.stringify({ text, labels: [index % 2] })}\n`).join(''),
  );
  const splitOf = (index: number) => (index < counts.train ? 0 : index < counts.train + counts.validation ? 1 : 2);
  writeFileSync(
    files.splitsFile,
    Uint8Array.from(texts, (_, index) => splitOf(index)),
  );
  return {
    ...{ kind: 'text-classes', id: 'moods', name: 'moods', version: 1, digest: 'd', ...files },
    ...{ labels: ['sad', 'glad'], labelMode: 'single', examples: texts.length },
  };
}

describe.skipIf(!existsSync(addon))(title, () => {
  const folder = temporaryFolder();
  let final: ExamplePredictions;
  let job: PredictJob;

  beforeAll(async () => {
    const dataset = writeDataset(folder.path);
    const { messages } = await runTrainer({
      ...{ kind: 'train', runId: 'r', config, dataset, folder: folder.path, resumeFrom: null },
      ...{ computeMs: 0, bestSoFar: null },
    });
    const told = ofType(messages, 'evaluation').find(({ evaluation }) => evaluation.kind === 'final')!;
    expect(told.evaluation.iteration).toBeGreaterThan(0); // the best is no more what it started from
    final = told.predictions!;
    const classifier = (await readTextClassifier(folder.path))!;
    const checkpoint = join(folder.path, checkpointName(told.evaluation.iteration));
    job = { kind: 'predict', runId: 'r', config, classifier, checkpoint, questions: 'few' };
  }, 120_000);
  afterAll(() => folder.remove());

  /** Asks the questions, each when the one before is answered; `end` is what happens after the last. */
  const conversation = async (
    questions: readonly (readonly string[])[],
    change: Partial<PredictJob>,
    end: (child: ChildProcess) => void,
  ) => {
    const answers: Answer[] = [];
    const ask = (child: ChildProcess): void => {
      const next = questions[answers.length];
      const asked = { kind: 'texts', texts: next?.map((text) => ({ text })) };
      if (next) child.send({ type: 'ask', question: answers.length, asked });
      else end(child);
    };
    const { messages, ...exit } = await runTrainer({ ...job, ...change }, (message, child) => {
      if (message.type === 'answer') answers.push(message.answer);
      if (message.type === 'ready' || message.type === 'answer') ask(child);
    });
    return { answers, last: messages.at(-1), ...exit };
  };
  const tested = () => [...final.examples].map((example) => texts[example]!);

  it('answers question after question from one process, as its own test split was measured', async () => {
    const questions = [tested().slice(0, 3), tested().slice(3, 4), tested().slice(4)];
    const { answers, last, exitCode } = await conversation(questions, {}, (child) =>
      child.send({ type: 'stop', how: 'now' }),
    );
    expect([exitCode, last]).toEqual([0, { type: 'end', outcome: 'predicted' }]);
    const said = answers.flatMap(({ probabilities }) => probabilities.flat());
    expect(said).toHaveLength(final.probabilities.length);
    said.forEach((value, i) => {
      expect(Math.abs(value - final.probabilities[i]!)).toBeLessThan(1e-5);
    });
    const lengths = tested().map((text) => Math.min(24, text.split(' ').length + 2));
    expect(answers.flatMap(({ tokens }) => tokens)).toEqual(lengths);
    for (const { computeMs } of answers) expect(computeMs).toBeGreaterThan(0);
  }, 60_000);

  it('says the same of many texts side by side, and ends by itself when nobody listens any more', async () => {
    const { answers, exitCode } = await conversation([tested()], { questions: 'many' }, (child) => child.disconnect());
    expect(exitCode).toBe(0);
    answers[0]!.probabilities.flat().forEach((value, i) => {
      expect(Math.abs(value - final.probabilities[i]!)).toBeLessThan(1e-5);
    });
  }, 60_000);
});
