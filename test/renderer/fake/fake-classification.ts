import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { RequestHandlers, RequestOf, ResponseOf } from '../../../src/shared/contract/requests.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { areSameLabels, classificationReport, predictedLabels } from '../../../src/shared/runs/classification.ts';
import type { EvaluationFacts, PredictedExample } from '../../../src/shared/runs/classification-report.ts';
import type { RunSummary } from '../../../src/shared/runs/run.ts';
import { fakeColumns, fakeRow } from './fake-rows-and-clips.ts';

/** Made-up predictions of the made-up fine-tuned runs; the report is what the real code makes of them. */
type Handlers = Pick<RequestHandlers, 'runs.classification' | 'runs.predictedExamples'>;

interface Kept {
  readonly labels: readonly string[];
  readonly labelMode: 'single' | 'multi';
  readonly examples: readonly PredictedExample[];
}

const emotions = ['sadness', 'joy', 'love', 'anger', 'fear', 'surprise'];
const words =
  'i feel like nobody noticed how hard this week was and accepted by the whole village blessed to come home every evening nostalgic for summer we met'.split(
    ' ',
  );

/** Labels and number of examples of each made-up run, by the beginning of its name. */
const kinds: readonly {
  readonly name: string;
  readonly labels: readonly string[];
  readonly mode: Kept['labelMode'];
}[] = [
  { name: 'emotions', labels: emotions, mode: 'single' },
  { name: 'mails', labels: ['ham', 'spam'], mode: 'single' },
  { name: 'intents', labels: Array.from({ length: 24 }, (_, i) => `intent of kind ${i + 1}`), mode: 'single' },
  { name: 'topics', labels: Array.from({ length: 70 }, (_, i) => `topic ${i + 1}`), mode: 'single' },
  { name: 'tumours', labels: ['benign', 'malignant'], mode: 'single' },
  { name: 'digits', labels: ['zero', 'one', 'two', 'three', 'seven'], mode: 'single' },
  { name: 'letters', labels: ['A', 'B', 'C'], mode: 'single' },
  { name: 'toxic', labels: ['toxic', 'obscene', 'threat', 'insult', 'hate'], mode: 'multi' },
];

function madeUp(run: RunSummary, evaluation: string): Kept | null {
  const kind = kinds.find(({ name }) => run.name.startsWith(name));
  if (!kind) return null;
  const random = createRandom(run.number, `fake-predictions ${evaluation}`);
  const { labels, mode } = kind;
  const examples = Array.from({ length: 2000 }, (_, position): PredictedExample => {
    const own = Math.floor(labels.length * random.uniform() ** 1.6);
    const truth = mode === 'single' ? [own] : labels.flatMap((_, label) => (random.uniform() < 0.15 ? [label] : []));
    const slips = random.uniform() < 0.04 + 0.1 * (own / labels.length);
    const target = slips ? (own + 1 + Math.floor(2 * random.uniform() ** 3)) % labels.length : own;
    const sharpness = 1.5 + 4 * random.uniform();
    const scores = labels.map((_, label) => random.normal() * 0.7 + (label === target ? sharpness : 0));
    const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    const probabilities =
      mode === 'single'
        ? scores.map((score) => Math.exp(score) / total)
        : labels.map((_, label) => 1 / (1 + Math.exp((truth.includes(label) ? -1.8 : 3) + 1.4 * random.normal())));
    const text = Array.from({ length: 6 + random.integer(30) }, () => words[random.integer(words.length)]!).join(' ');
    return {
      ...{ position, split: 'test', pair: null, truth, probabilities, ...subjectOf(kind.name, position, text) },
      predicted: predictedLabels(probabilities, mode),
    };
  });
  return { labels, labelMode: mode, examples };
}

function subjectOf(run: string, position: number, text: string) {
  const none = { text: null, image: null, row: null, clip: null };
  if (run === 'tumours') return { ...none, row: fakeRow(position) };
  if (run === 'digits') return { ...none, clip: { index: position, file: `seven/${position}.wav`, seconds: 0.42 } };
  return { ...none, text };
}

const surest = ({ probabilities, predicted }: PredictedExample): number => probabilities[predicted[0] ?? 0] ?? 0;
const isWrong = ({ truth, predicted }: PredictedExample): boolean => !areSameLabels(truth, predicted);

export function fakeClassificationHandlers(find: (id: string) => RunSummary): Handlers {
  const available = (run: RunSummary): EvaluationFacts[] =>
    (['validation', 'final'] as const).map((kind) => ({
      ...{ id: `${run.id}-${kind}`, kind, iteration: run.iteration, createdAt: run.endedAt ?? 0, dataset: run.dataset },
      ...{ split: kind === 'final' ? 'test' : 'validation', examples: 2000 },
    }));
  const kept = (id: string, asked: RequestOf<'runs.classification'>['evaluation']) => {
    const run = find(id);
    const all = available(run);
    const evaluation = all.find((each) => each.id === asked) ?? all.at(-1)!;
    const made = madeUp(run, evaluation.id);
    if (!made) throw new InnerloopError('not-found', `${run.name} has no stored predictions.`);
    return { ...made, evaluation, available: all };
  };
  return {
    'runs.classification': ({ id, evaluation }) => {
      const { labels, labelMode, examples, ...facts } = kept(id, evaluation);
      const truth = examples.map((example) => example.truth);
      const probabilities = Float32Array.from(examples.flatMap((example) => example.probabilities));
      const report = classificationReport({ labels, labelMode, truth, probabilities });
      return { ...facts, labels: [...labels], labelMode, report };
    },
    'runs.predictedExamples': (asked): ResponseOf<'runs.predictedExamples'> => {
      const fitting = kept(asked.id, asked.evaluation).examples.filter(
        (each) =>
          (asked.truth === undefined || each.truth.includes(asked.truth)) &&
          (asked.predicted === undefined || each.predicted.includes(asked.predicted)) &&
          (!asked.wrongOnly || isWrong(each)),
      );
      if (asked.order === 'surest-wrong') {
        fitting.sort((a, b) => Number(isWrong(b)) - Number(isWrong(a)) || surest(b) - surest(a));
      }
      if (asked.order === 'least-sure') fitting.sort((a, b) => surest(a) - surest(b));
      return {
        total: fitting.length,
        examples: fitting.slice(asked.offset, asked.offset + asked.limit),
        columns: find(asked.id).name.startsWith('tumours') ? fakeColumns.map(({ name }) => name) : null,
        missing: null,
      };
    },
  };
}
