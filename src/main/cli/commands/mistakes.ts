import type { Classification, PredictedExample } from '../../../shared/runs/classification-report.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';
import { count } from '../../../shared/text/number-words.ts';
import { askedClassification, evaluationOption } from '../asked-evaluation.ts';
import { evaluationName, percent } from '../classification-lines.ts';
import { type Command, type Core, UsageError } from '../command.ts';
import { findRun } from '../find-run.ts';
import { type Column, tableLines } from '../table.ts';

/** The core answers so many at a time. */
const pageSize = 200;

export const mistakesCommand: Command = {
  name: 'mistakes',
  summary: 'examples that a fine-tuned run was wrong about, the surest mistake first',
  arguments: [{ name: 'RUN', help: 'number, id, beginning of an id, or name of a run', count: 'one' }],
  options: [
    { name: 'truth', value: 'L', help: 'only examples that have this label' },
    { name: 'predicted', value: 'L', help: 'only examples that were taken for this label' },
    { name: 'limit', value: 'N', help: 'at most so many (default 20)' },
    evaluationOption,
  ],
  details: [
    'Of the final evaluation, else of the best validation, unless another is named. A wrong label of the data is often among the surest mistakes.',
    'All predictions, right and wrong: innerloop export RUN --format predictions --to DIR',
  ].join('\n'),
  examples: [
    'mistakes spam',
    'mistakes 12 --truth ham --predicted spam --limit 50',
    'mistakes 12 --evaluation untrained',
    'mistakes 12 --json',
  ],
  run: async (given, context) => {
    const { terminal } = context;
    const core = context.core();
    const limit = given.wholeNumber('limit', 1, 100_000) ?? 20;
    const run = await findRun(core, given.positionals[0]!);
    const classification = await askedClassification(core, run.id, given.text('evaluation'));
    const { labels, evaluation } = classification;
    const truth = labelOf(labels, 'truth', given.text('truth'));
    const predicted = labelOf(labels, 'predicted', given.text('predicted'));
    const request = { id: run.id, evaluation: evaluation.id, ...truth, ...predicted };
    const { total, examples, columns: names, missing } = await mistakes(core, request, limit);
    const wrong = `${count(total)} ${total === 1 ? 'mistake' : 'mistakes'}`;
    terminal.say(`${run.name}: ${wrong} among ${evaluationName(evaluation)}`);
    for (const line of total === 0 ? [] : tableLines(columns(classification, examples, names), terminal.width)) {
      terminal.say(line);
    }
    if (missing !== null) terminal.say(missing);
    terminal.answer({ run: run.id, evaluation, total, mistakes: examples.map(asJson(labels, names)), missing });
    return 0;
  },
};

interface Mistakes {
  readonly columns: readonly string[] | null;
  readonly total: number;
  readonly examples: readonly PredictedExample[];
  readonly missing: string | null;
}

interface MistakesRequest {
  readonly id: string;
  readonly evaluation: string;
  readonly truth?: number;
  readonly predicted?: number;
}

async function mistakes(core: Core, request: MistakesRequest, limit: number): Promise<Mistakes> {
  const page = (offset: number) =>
    core.request('runs.predictedExamples', {
      ...{ ...request, wrongOnly: true, order: 'surest-wrong', offset },
      limit: Math.min(pageSize, limit - offset),
    });
  const { total, examples, columns: names, missing } = await page(0);
  while (examples.length < Math.min(limit, total)) examples.push(...(await page(examples.length)).examples);
  return { total, examples, columns: names, missing };
}

function labelOf<Option extends 'truth' | 'predicted'>(
  labels: readonly string[],
  option: Option,
  name: string | undefined,
): { readonly [Key in Option]?: number } {
  if (name === undefined) return {};
  const label = labels.indexOf(name);
  if (label >= 0) return { [option]: label } as { readonly [Key in Option]: number };
  const nearest = nearestWord(name, labels);
  throw new UsageError(
    `--${option}: there is no label "${name}".`,
    nearest === undefined ? `The labels are ${labels.slice(0, 20).join(', ')}.` : `Did you mean ${nearest}?`,
  );
}

/** Of a wrong example: how sure it was of what it was taken for, and how likely what is true was to it. */
function columns(
  { labels, labelMode }: Classification,
  examples: readonly PredictedExample[],
  cellNames: readonly string[] | null,
): Column[] {
  const names = (of: readonly number[]): string => of.map((label) => labels[label]).join(', ') || '(none)';
  const probability = (of: (example: PredictedExample) => number | undefined): string[] =>
    examples.map((example) => percent(example.probabilities[of(example) ?? 0] ?? 0));
  const single = labelMode === 'single';
  return [
    { title: 'example', align: 'right', cells: examples.map(({ position }) => count(position + 1)) },
    { title: 'truth', shrinksTo: 10, cells: examples.map(({ truth }) => names(truth)) },
    { title: 'taken for', shrinksTo: 10, cells: examples.map(({ predicted }) => names(predicted)) },
    ...(single
      ? [{ title: 'sure', align: 'right' as const, cells: probability(({ predicted }) => predicted[0]) }]
      : []),
    ...subjectColumns(examples, cellNames),
  ];
}

/** What was predicted of: the cells of a row, the file of a clip, or a text. */
function subjectColumns(examples: readonly PredictedExample[], names: readonly string[] | null): Column[] {
  if (names !== null) {
    return names.map((title, at) => ({ title, leaves: 1, cells: examples.map(({ row }) => row?.[at] ?? '') }));
  }
  if (examples.some(({ clip }) => clip !== null)) {
    return [
      { title: 'seconds', align: 'right', cells: examples.map(({ clip }) => clip?.seconds.toFixed(2) ?? '') },
      { title: 'clip', shrinksTo: 20, cells: examples.map(({ clip }) => clip?.file ?? '') },
    ];
  }
  return [{ title: 'text', shrinksTo: 20, cells: examples.map(shownText) }];
}

const shownText = ({ text, pair }: PredictedExample): string =>
  `${text ?? ''}${pair === null ? '' : ` / ${pair}`}`.replace(/\s+/g, ' ').trim();

const asJson =
  (labels: readonly string[], names: readonly string[] | null) =>
  ({ position, split, text, pair, row, clip, truth, predicted, probabilities }: PredictedExample) => ({
    ...{ position, split, text, pair },
    ...(row && names ? { row: Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])) } : {}),
    ...(clip ? { clip: { file: clip.file, seconds: clip.seconds } } : {}),
    truth: truth.map((label) => labels[label]),
    predicted: predicted.map((label) => labels[label]),
    probabilities: Object.fromEntries(labels.map((label, index) => [label, probabilities[index]])),
  });
