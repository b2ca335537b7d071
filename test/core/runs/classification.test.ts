import { rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CoreContext } from '../../../src/main/core/context.ts';
import { classificationOfRun, predictedExamplesOf } from '../../../src/main/core/runs/classification.ts';
import type { DatasetDesk } from '../../../src/main/core/runs/dataset-desk.ts';
import { evaluateRun } from '../../../src/main/core/runs/evaluate.ts';
import { record } from '../../../src/main/core/runs/recorder.ts';
import type { TrainerJobs } from '../../../src/main/core/runs/trainer-jobs.ts';
import { evaluationsOf } from '../../../src/main/core/store/evaluations.ts';
import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import { type RequestOf, requests } from '../../../src/shared/contract/requests.ts';
import type { FromTrainer, TrainerDataset } from '../../../src/shared/contract/trainer.ts';
import type { ExamplePredictions } from '../../../src/shared/runs/example-predictions.ts';
import type { Evaluation } from '../../../src/shared/runs/run.ts';
import { evaluationOf } from '../store/facts.ts';
import { configWith, storedRun, temporaryHome, temporaryStore } from '../store/store-for-test.ts';

const facts = { id: 'd', name: 'mails', version: 1, digest: 'abc' };
const texts = ['hello', 'win money', 'see you', 'free prize', 'lunch?', 'x'.repeat(3000)];

/** Of texts 1 to 5: probabilities of spam. The surest mistake is text 5, then text 2. */
const said: ExamplePredictions = {
  labels: ['ham', 'spam'],
  labelMode: 'single',
  examples: Int32Array.of(1, 2, 3, 4, 5),
  truth: Uint8Array.of(0, 1, 1, 0, 0, 1, 1, 0, 1, 0),
  probabilities: Float32Array.of(0.25, 0.75, 0.375, 0.625, 0.0625, 0.9375, 0.75, 0.25, 0.125, 0.875),
};

/** A store with a fine-tuned run `texts` on six mails and a sinusoid run `sine`. */
async function fineTuned(dataset: Partial<TrainerDataset> = {}) {
  const layout = temporaryHome();
  const db = temporaryStore();
  let now = 0;
  const context: CoreContext = { db, layout, now: () => now++, announce: () => undefined };
  const task = { kind: 'text-classes', dataset: 'mails' };
  storedRun(db, 'texts', { config: configWith({ task, algorithm: { kind: 'fine-tune' } }), dataset: facts });
  storedRun(db, 'sine');
  const examplesFile = join(layout.datasets, 'd', 'examples.jsonl');
  await mkdir(dirname(examplesFile), { recursive: true });
  await writeFile(examplesFile, texts.map((text) => `${JSON.stringify({ text, labels: [0] })}\n`).join(''));
  const text = { examplesFile, splitsFile: '', labels: ['ham', 'spam'], labelMode: 'single', examples: 6 } as const;
  let library: () => TrainerDataset | null = () =>
    ({ ...facts, kind: 'text-classes', ...text, ...dataset }) as TrainerDataset;
  const desk: DatasetDesk = {
    check: () => ({ errors: [], advice: [] }),
    factsFor: () => facts,
    forTrainer: () => library(),
  };
  const told = (parts: Partial<Evaluation>, predictions: ExamplePredictions | undefined = said) => {
    const { id: _, runId: __, createdAt: ___, ...evaluation } = evaluationOf('texts', parts);
    const protocol = { ...evaluation.protocol, task: 'text-classes' as const, dataset: facts };
    const message: FromTrainer = {
      type: 'evaluation',
      evaluation: { ...evaluation, protocol: { ...protocol, ...parts.protocol } },
      ...(predictions ? { predictions } : {}),
    };
    return message as Extract<FromTrainer, { readonly type: 'evaluation' }>;
  };
  const ask = async (request: Partial<RequestOf<'runs.predictedExamples'>> = {}) =>
    requests['runs.predictedExamples'].response.parse(
      await predictedExamplesOf(context, desk, {
        ...{ id: 'texts', wrongOnly: false, order: 'dataset', offset: 0, limit: 10 },
        ...request,
      }),
    );
  return {
    ...{ context, desk, told, ask, examplesFile },
    report: (evaluation?: string | number) =>
      requests['runs.classification'].response.parse(
        classificationOfRun(context, { id: 'texts', ...(evaluation === undefined ? {} : { evaluation }) }),
      ),
    tell: (parts: Partial<Evaluation>) => record(context, 'texts', told(parts)),
    loseDataset: (how: () => TrainerDataset | null) => {
      library = how;
    },
  };
}

const positions = ({ examples }: Awaited<ReturnType<Awaited<ReturnType<typeof fineTuned>>['ask']>>) =>
  examples.map(({ position }) => position);

describe('what stored predictions come to', () => {
  it('is told of the final evaluation, with all evaluations that have some', async () => {
    const { tell, report } = await fineTuned();
    tell({ kind: 'validation', iteration: 10 });
    tell({ kind: 'final', iteration: 10 });
    tell({ kind: 'untrained', iteration: 0 });
    const answer = report();
    expect(answer.available.map(({ kind }) => kind)).toEqual(['validation', 'final', 'untrained']);
    expect(answer.evaluation).toMatchObject({ kind: 'final', iteration: 10, dataset: facts, examples: 5 });
    expect(answer).toMatchObject({ labels: ['ham', 'spam'], labelMode: 'single' });
    expect(answer.report.accuracy.value).toBe(0.6);
    expect(answer.report.confusion).toEqual([
      [1, 2],
      [0, 2],
    ]);
    expect(report(0).evaluation.kind).toBe('validation');
    expect(report(answer.available[2]!.id).evaluation.kind).toBe('untrained');
  });

  it('is told of the best validation while there is no final evaluation; only the best and the latest are kept', async () => {
    const { tell, report } = await fineTuned();
    for (const [iteration, mean] of [0.5, 0.9, 0.6, 0.7].entries()) tell({ kind: 'validation', iteration, mean });
    const { evaluation, available } = report();
    expect(evaluation.iteration).toBe(1);
    expect(available.map(({ iteration }) => iteration)).toEqual([1, 3]);
  });

  it('is refused in plain words where there is nothing', async () => {
    const { context, tell, report, told } = await fineTuned();
    expect(() => report()).toThrow('texts was not evaluated yet');
    record(context, 'texts', { ...told({ kind: 'final' }), predictions: undefined });
    expect(() => report()).toThrow('before predictions were kept. Evaluate it again');
    expect(() => classificationOfRun(context, { id: 'sine' })).toThrow('sine is measured in episodes');
    expect(() => classificationOfRun(context, { id: 'nothing' })).toThrow('There is no run nothing');
    tell({ kind: 'final' });
    expect(() => report('abc')).toThrow('texts has no evaluation abc with stored predictions');
    expect(() => report(1)).toThrow('no evaluation number 1');
  });

  it('keeps what an evaluation that was asked for said, too', async () => {
    const { context, desk, told, report } = await fineTuned();
    const jobs = { run: async () => [told({ kind: 'untrained' })] } as unknown as TrainerJobs;
    const nulls = { dataset: null, episodeSeed: null, way: null, shot: null, query: null, steps: null };
    const request = { id: 'texts', split: 'test', episodes: 600, from: 'untrained', ...nulls } as const;
    const evaluation = await evaluateRun(context, desk, jobs, request);
    expect(report(evaluation.id).report.examples).toBe(5);
    expect(evaluationsOf(context.db, 'texts')).toEqual([evaluation]);
  });
});

describe('predicted examples', () => {
  it('come with their texts, cut where they are long', async () => {
    const { tell, ask } = await fineTuned();
    tell({ kind: 'final', protocol: { ...evaluationOf('texts', {}).protocol, dataset: facts, split: 'test' } });
    const answer = await ask({ offset: 3, limit: 2 });
    expect(answer).toMatchObject({ total: 5, missing: null });
    expect(answer.examples).toEqual([
      {
        ...{ position: 4, split: 'test', text: 'lunch?', pair: null, image: null, row: null, clip: null },
        ...{ truth: [0], predicted: [0], probabilities: [0.75, 0.25] },
      },
      expect.objectContaining({ position: 5, text: 'x'.repeat(2000), truth: [0], predicted: [1] }),
    ]);
  });

  it('are chosen by a cell of the confusion matrix and put into order', async () => {
    const { tell, ask } = await fineTuned();
    tell({ kind: 'final' });
    expect(positions(await ask({ truth: 0, predicted: 1 }))).toEqual([2, 5]);
    expect(positions(await ask({ truth: 1 }))).toEqual([1, 3]);
    expect(positions(await ask({ wrongOnly: true, order: 'surest-wrong' }))).toEqual([5, 2]);
    expect(positions(await ask({ order: 'surest-wrong' }))).toEqual([5, 2, 1, 4, 3]);
    expect(positions(await ask({ order: 'least-sure' }))).toEqual([2, 1, 4, 5, 3]);
    expect(await ask({ truth: 1, predicted: 0 })).toEqual({ total: 0, examples: [], columns: null, missing: null });
    await expect(ask({ truth: 2 })).rejects.toThrow('no label number 2: the labels are 0 to 1');
  });

  it.each([
    [
      'removed',
      () => {
        throw new InnerloopError('not-found', 'The dataset "mails" was removed from the library.');
      },
      'The dataset "mails" was removed from the library.',
    ],
    ['changed', () => ({ digest: 'def' }) as TrainerDataset, 'The dataset "mails" was changed since'],
  ])('and the report outlive their dataset: %s', async (_, how, words) => {
    const { tell, ask, report, loseDataset } = await fineTuned();
    tell({ kind: 'final' });
    loseDataset(how);
    const { examples, missing, total } = await ask();
    expect(missing).toContain(words);
    expect(total).toBe(5);
    expect(examples[0]).toMatchObject({ position: 1, text: null, truth: [1], predicted: [1] });
    expect(report().report.examples).toBe(5);
  });

  it('say of a damaged or lost file of texts what is wrong with it', async () => {
    const { tell, ask, examplesFile } = await fineTuned();
    tell({ kind: 'final' });
    writeFileSync(examplesFile, 'no example\n');
    expect((await ask()).missing).toContain('line 1');
    rmSync(examplesFile);
    expect(await ask()).toMatchObject({ total: 5, missing: expect.stringContaining('examples.jsonl') });
  });

  it('come with their pixels where the dataset holds images', async () => {
    const { context, tell, ask } = await fineTuned({
      kind: 'image-classes',
      layout: { width: 2, height: 1, channels: 1, polarity: 'ink-dark' },
    } as Partial<TrainerDataset>);
    writeFileSync(
      join(context.layout.datasets, 'd', 'pixels.u8'),
      Uint8Array.from({ length: 12 }, (_, i) => i),
    );
    tell({ kind: 'final' });
    const { examples } = await ask({ order: 'surest-wrong', limit: 1 });
    expect(examples[0]).toMatchObject({ position: 5, text: null });
    expect(examples[0]?.image).toEqual({ width: 2, height: 1, channels: 1, pixels: Uint8Array.of(10, 11) });
  });

  it('of several labels at once are wrong where any label is, the surest of the wrong decisions first', async () => {
    const { context, told, ask } = await fineTuned();
    const several: ExamplePredictions = {
      ...{ labels: ['a', 'b'], labelMode: 'multi', examples: Int32Array.of(0, 1, 2) },
      truth: Uint8Array.of(1, 1, 1, 0, 0, 0),
      probabilities: Float32Array.of(0.75, 0.25, 0.9375, 0.0625, 0.625, 0.125),
    };
    record(context, 'texts', told({ kind: 'final' }, several));
    expect(positions(await ask({ order: 'surest-wrong' }))).toEqual([0, 2, 1]);
    expect(positions(await ask({ truth: 1 }))).toEqual([0]);
    expect((await ask()).examples.map(({ predicted }) => predicted)).toEqual([[0], [0], [0]]);
  });
});
