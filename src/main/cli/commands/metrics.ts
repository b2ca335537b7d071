import { metricInfo } from '../../../shared/metrics/catalog.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';
import { count, significant } from '../../../shared/text/number-words.ts';
import { type Command, UsageError } from '../command.ts';
import { findRun } from '../find-run.ts';
import { summaryOf } from '../run-report.ts';
import { tableLines } from '../table.ts';

export const metricsCommand: Command = {
  name: 'metrics',
  summary: 'stored points of a run: every one, never a sample',
  arguments: [{ name: 'RUN', help: 'number, id, beginning of an id, or name of a run', count: 'one' }],
  options: [
    { name: 'key', value: 'K', help: 'only this metric: prints its points as "step value" lines', repeats: 'yes' },
  ],
  details:
    'Without --key people get one line for each metric; --json always gives every point. ' +
    'Values are printed with all their digits, so that they can be compared to the bit.',
  examples: ['metrics 12', 'metrics 12 --key train/loss', 'metrics 12 --key validation/accuracy --json'],
  run: async (given, context) => {
    const { terminal } = context;
    const core = context.core();
    const { id } = await findRun(core, given.positionals[0]!);
    const { series } = await core.request('runs.metrics', { id, keys: [], from: null, to: null, buckets: null });
    const wanted = given.all('key');
    const known = series.map(({ key }) => key);
    for (const key of wanted) if (!known.includes(key)) throw unknownKey(key, known);
    const chosen = wanted.length === 0 ? series : series.filter(({ key }) => wanted.includes(key));
    if (chosen.length === 0) terminal.say('No points are stored yet.');
    else if (terminal.format === 'people')
      for (const line of lines(chosen, wanted.length, terminal.width)) terminal.say(line);
    terminal.answer(Object.fromEntries(chosen.map(({ key, steps, values }) => [key, pairs(steps, values)])));
    return 0;
  },
};

interface Series {
  readonly key: string;
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

const pairs = (steps: Float64Array, values: Float64Array): [number, number][] =>
  Array.from(steps, (step, i) => [step, values[i]!]);

function lines(series: readonly Series[], keysWanted: number, width: number): string[] {
  if (keysWanted === 0) return overview(series, width);
  return series.flatMap(({ key, steps, values }) => {
    const points = pairs(steps, values).map(([step, value]) => `${step}\t${value}`);
    return keysWanted === 1 ? points : [key, ...points];
  });
}

function overview(series: readonly Series[], width: number): string[] {
  const sums = series.map(({ key, values }) => summaryOf(key, values));
  const cells = (of: (sum: (typeof sums)[number]) => number | null): string[] =>
    sums.map((sum) => {
      const value = of(sum);
      return value === null ? '' : significant(value);
    });
  return tableLines(
    [
      { title: 'key', cells: series.map(({ key }) => key) },
      { title: 'points', align: 'right', cells: series.map(({ values }) => count(values.length)) },
      { title: 'last', align: 'right', cells: cells(({ last }) => last) },
      { title: 'min', align: 'right', cells: cells(({ min }) => min) },
      { title: 'max', align: 'right', cells: cells(({ max }) => max) },
      { title: 'best', align: 'right', cells: cells(({ best }) => best) },
      { title: 'what', leaves: 1, cells: series.map(({ key }) => metricInfo(key).axis) },
    ],
    width,
  );
}

function unknownKey(key: string, known: readonly string[]): UsageError {
  const nearest = nearestWord(key, known);
  const hint = nearest === undefined ? `Stored: ${known.join(', ') || 'nothing yet'}.` : `Did you mean ${nearest}?`;
  return new UsageError(`The run has no metric ${key}.`, hint);
}
