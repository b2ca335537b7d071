import { type FieldTable, fieldChoices, fieldTable } from '../../../shared/comparison/field-table.ts';
import { fieldLimits } from '../../../shared/run-config/field-limits.ts';
import type { ClassificationSummary, RunSummary } from '../../../shared/runs/run.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';
import { significant } from '../../../shared/text/number-words.ts';
import { type Command, type Core, UsageError } from '../command.ts';
import { type Comparison, compareGroups, type GroupBy, groupRuns, type MeasuredRun } from '../comparison.ts';
import { fieldTableLines } from '../field-lines.ts';
import { findRuns } from '../find-run.ts';
import { tableLines } from '../table.ts';
import { shortProtocol } from '../words.ts';

/** What else is known of the final evaluation of a classifier. */
const finalMetrics: Readonly<Record<string, keyof ClassificationSummary>> = {
  'final/macro-f1': 'macroF1',
  'final/weighted-f1': 'weightedF1',
  'final/mcc': 'mcc',
  'final/auc': 'auc',
};

export const compareCommand: Command = {
  name: 'compare',
  summary: 'groups of runs: mean, sd, 95 % CI over seeds; differences with their interval; differing fields',
  arguments: [
    {
      name: 'RUN',
      help: 'numbers, ids or names of at least two runs, or a filter such as tag:sweep-12',
      count: 'many',
    },
  ],
  options: [
    { name: 'group-by', value: 'PATHS', help: 'all-but-seed (default), or config paths: inner.rate,algorithm.kind' },
    { name: 'by', value: 'PATH', help: 'results against a field in which the runs differ: task.shot' },
    {
      name: 'metric',
      value: 'K',
      help: `last stored value of a metric instead of the final evaluation; of fine-tuned runs also ${Object.keys(finalMetrics).join(', ')}`,
    },
  ],
  examples: [
    'compare 12 13 14 15 16 17',
    'compare 12 13 --metric validation/accuracy',
    'compare 1 2 3 4 --group-by inner.rate',
    'compare tag:sweep-12 --by inner.rate',
  ],
  run: async (given, context) => {
    const { terminal } = context;
    const core = context.core();
    const runs = await findRuns(core, given.positionals);
    if (runs.length < 2) throw new UsageError('compare needs at least two runs.');
    const metric = given.text('metric');
    const measured = await measure(core, runs, metric);
    const comparison = compareGroups(
      groupRuns(measured, groupBy(given.text('group-by'))),
      metric ?? 'final evaluation',
    );
    const by = byField(runs, given.text('by'));
    const lines = by ? fieldTableLines(by, terminal.width) : comparisonLines(comparison, terminal.width);
    for (const line of lines) terminal.say(line);
    terminal.answer(by ? { ...comparison, by } : comparison);
    return 0;
  },
};

function groupBy(text: string | undefined): GroupBy {
  if (text === undefined || text === 'all-but-seed') return 'all-but-seed';
  const paths = text.split(',').map((path) => path.trim());
  const known = [...fieldLimits().keys()];
  for (const path of paths) {
    if (known.includes(path)) continue;
    const nearest = nearestWord(path, known);
    throw new UsageError(
      `--group-by: a run has no field ${path}.`,
      nearest === undefined ? null : `Did you mean ${nearest}?`,
    );
  }
  return paths;
}

/** The results against a field; null where none is asked for. Throws a UsageError for a field in which no runs differ. */
function byField(runs: readonly RunSummary[], path: string | undefined): FieldTable | null {
  if (path === undefined) return null;
  const choices = fieldChoices(runs);
  const choice = choices.find((each) => each.path === path);
  if (choice) return fieldTable(runs, choice);
  const paths = choices.map((each) => each.path);
  const differ = paths.length === 0 ? 'they differ in no field but the seed' : `they differ in ${paths.join(', ')}`;
  const nearest = nearestWord(path, paths);
  throw new UsageError(
    `--by: these runs do not differ in ${path}; ${differ}.`,
    nearest === undefined ? null : `Did you mean ${nearest}?`,
  );
}

async function measure(core: Core, runs: readonly RunSummary[], metric: string | undefined): Promise<MeasuredRun[]> {
  const measured: MeasuredRun[] = [];
  for (const run of runs) {
    if (metric === undefined) {
      measured.push({ run, value: run.final?.mean ?? null, protocol: run.final?.protocol ?? null });
      continue;
    }
    const key = finalMetrics[metric];
    if (key !== undefined) {
      measured.push({ run, value: run.final?.classification?.[key] ?? null, protocol: run.final?.protocol ?? null });
      continue;
    }
    const { series } = await core.request('runs.metrics', {
      id: run.id,
      keys: [metric],
      from: null,
      to: null,
      buckets: null,
    });
    measured.push({ run, value: series[0]?.values.at(-1) ?? null, protocol: null });
  }
  return measured;
}

function comparisonLines(comparison: Comparison, width: number): string[] {
  const { groups, pairs, differences, metric, notes } = comparison;
  const number = (value: number | null): string => (value === null ? '' : significant(value, 4));
  const groupTable = tableLines(
    [
      { title: 'group', cells: groups.map(({ label }) => label) },
      { title: 'runs', cells: groups.map(({ runs }) => runs.join(', ')), shrinksTo: 12 },
      { title: 'n', align: 'right', cells: groups.map(({ n }) => String(n)) },
      { title: 'mean', align: 'right', cells: groups.map(({ mean }) => number(mean)) },
      { title: 'sd', align: 'right', cells: groups.map(({ sd }) => number(sd)) },
      {
        title: '95 % CI over seeds',
        align: 'right',
        cells: groups.map(({ ci95 }) => (ci95 === null ? '' : `± ${number(ci95)}`)),
      },
      {
        title: 'protocol',
        shrinksTo: 24,
        cells: groups.map(({ protocol }) => (protocol ? shortProtocol(protocol) : '')),
      },
    ],
    width,
  );
  const pairLines = pairs.map(({ a, b, difference, low, high, probabilityOfImprovement, count }) => {
    const interval =
      low === null || high === null
        ? 'no interval with fewer than 2 seeds'
        : `95 % CI ${number(low)} to ${number(high)}`;
    return `${a} - ${b}: ${number(difference)} (${interval}); ${a} is better in ${(probabilityOfImprovement * 100).toFixed(0)} % of ${count} pairs`;
  });
  const differenceLines = differences.map(
    ({ path, values }) => `${path}: ${values.map((value) => JSON.stringify(value) ?? 'none').join(' | ')}`,
  );
  return [
    `${metric}`,
    ...groupTable,
    ...(pairLines.length > 0 ? ['', 'Differences of means', ...pairLines.map((line) => `  ${line}`)] : []),
    ...(differenceLines.length > 0
      ? ['', 'Config fields that differ', ...differenceLines.map((line) => `  ${line}`)]
      : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ];
}
