import { metricInfo } from '../../shared/metrics/catalog.ts';
import { countsExamples } from '../../shared/run-config/task-facts.ts';
import type { Evaluation, PerStep, RunSummary } from '../../shared/runs/run.ts';
import { count } from '../../shared/text/number-words.ts';
import { summaryWords } from './classification-lines.ts';
import type { CliContext, Core, ExitCode } from './command.ts';
import { tableLines } from './table.ts';
import type { Watched } from './watch-runs.ts';
import {
  duration,
  evaluationWords,
  measurement,
  metricWord,
  protocolSentence,
  shortProtocol,
  validationProtocol,
} from './words.ts';

/** Last, smallest, largest and best stored value; best is null for metrics that are neither good high nor low. */
export interface MetricSummary {
  readonly last: number;
  readonly min: number;
  readonly max: number;
  readonly best: number | null;
}

/** How one run ended, as `--json` gives it. */
export interface RunReport {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly state: RunSummary['state'];
  readonly seed: number;
  readonly iteration: number;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
  readonly best: RunSummary['best'];
  readonly evaluation: Evaluation | null;
  readonly untrained: Evaluation | null;
  readonly durationMs: number;
  readonly failure: RunSummary['failure'];
}

/** Tells how watched runs ended; the exit code is that of the worst. */
export async function reportRuns(watched: Watched, context: CliContext): Promise<ExitCode> {
  const { terminal } = context;
  for (const run of watched.runs) for (const line of endLines(run, context.home)) terminal.say(line);
  if (terminal.format === 'json') terminal.answer({ runs: await reportsOf(context.core(), watched.runs) });
  return exitCodeOf(watched);
}

/** Runs as `--json` gives them, with every metric. */
export async function reportsOf(core: Core, runs: readonly RunSummary[]): Promise<readonly RunReport[]> {
  const reports: RunReport[] = [];
  for (const run of runs) reports.push(await reportOf(core, run));
  return reports;
}

/** 1 where a run failed, 130 where one is paused or Ctrl+C came, else 0. */
export function exitCodeOf({ runs, interrupted }: Watched): ExitCode {
  if (runs.some(({ state }) => state === 'failed' || state === 'interrupted')) return 1;
  return interrupted === 'yes' || runs.some(({ state }) => state === 'paused') ? 130 : 0;
}

async function reportOf(core: Core, run: RunSummary): Promise<RunReport> {
  const { id, number, name, state, iteration, best, failure } = run;
  return {
    ...{ id, number, name, state, seed: run.config.seed, iteration },
    metrics: await metricSummaries(core, id),
    best,
    evaluation: run.final,
    untrained: run.untrained,
    durationMs: run.computeMs,
    failure,
  };
}

/** Summaries over every stored point of every metric of a run. */
export async function metricSummaries(core: Core, id: string): Promise<Record<string, MetricSummary>> {
  const { series } = await core.request('runs.metrics', { id, keys: [], from: null, to: null, buckets: null });
  const found: [string, MetricSummary][] = [];
  for (const { key, values } of series) if (values.length > 0) found.push([key, summaryOf(key, values)]);
  return Object.fromEntries(found);
}

export function summaryOf(key: string, values: Float64Array): MetricSummary {
  const min = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const { better } = metricInfo(key);
  return { last: values.at(-1)!, min, max, best: better === 'neither' ? null : better === 'higher' ? max : min };
}

function endLines(run: RunSummary, home: string): string[] {
  const name = `${run.name} (run ${run.number})`;
  const at = `iteration ${count(run.iteration)} of ${count(run.config.outer.iterations)}`;
  switch (run.state) {
    case 'completed':
      return [`${name} completed in ${duration(run.computeMs)}.`, ...resultLines(run), ...storedLines(run, home)];
    case 'stopped':
      if (run.iteration === 0) return [`${name} was taken out of the queue before it began.`];
      return [`${name} was stopped at ${at}.`, ...resultLines(run), ...storedLines(run, home)];
    case 'paused':
      return [`${name} is paused at ${at}. Go on with: innerloop resume ${run.number}`];
    default:
      return [
        `${name} ${run.state === 'failed' ? 'failed' : 'was interrupted'} at ${at}. ${run.failure?.message ?? ''}`.trimEnd(),
        ...(run.resumable === 'yes' ? [`Go on from its last checkpoint with: innerloop resume ${run.number}`] : []),
      ];
  }
}

const storedLines = (run: RunSummary, home: string): string[] => [
  `  stored      ${home}`,
  `  show again  innerloop show ${run.number}`,
];

/** Results of a run for people: trained and untrained beside each other, then the protocol that both share. */
export function resultLines(run: RunSummary): string[] {
  const { final, untrained, best } = run;
  if (!final) {
    if (!best) return ['  no evaluation (the run has neither validation nor a final split)'];
    const words = `${measurement(best.metric, best.value, best.ci95)} ${metricWord(best.metric, run.config.task.kind)}`;
    return [
      `  validation  ${words} at iteration ${count(best.iteration)}`,
      `              ${shortProtocol(validationProtocol(run))}`,
    ];
  }
  const examples = countsExamples(final.protocol.task); // nothing adapts to them
  return [
    `  result      ${evaluationWords(final)}, at iteration ${count(final.iteration)}`,
    ...(final.classification ? [`              ${summaryWords(final.classification)}`] : []),
    ...(untrained ? [`  untrained   ${evaluationWords(untrained)}${examples ? '' : ', adapted in the same way'}`] : []),
    `  protocol    ${protocolSentence(final.protocol)}`,
    ...(examples ? [] : curveLines(final.perStep, untrained?.perStep ?? null).map((line) => `  ${line}`)),
  ];
}

/** The adaptation curve as a table: one row for each number of inner steps. */
export function curveLines(trained: readonly PerStep[], untrained: readonly PerStep[] | null): string[] {
  const metric = trained[0]?.accuracy === null ? 'loss' : 'accuracy';
  const cell = (step: PerStep | undefined): string => {
    if (!step) return '';
    return metric === 'loss'
      ? measurement('loss', step.loss, step.lossCi95)
      : measurement('accuracy', step.accuracy ?? Number.NaN, step.accuracyCi95);
  };
  const others = untrained ? [{ title: 'untrained', align: 'right' as const, cells: untrained.map(cell) }] : [];
  return tableLines(
    [
      { title: 'inner steps', align: 'right', cells: trained.map(({ step }) => String(step)) },
      { title: metric, align: 'right', cells: trained.map(cell) },
      ...others,
    ],
    Number.POSITIVE_INFINITY,
  );
}
