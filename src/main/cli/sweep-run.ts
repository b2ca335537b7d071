import { fieldChoices, fieldTable } from '../../shared/comparison/field-table.ts';
import type { ResponseOf } from '../../shared/contract/requests.ts';
import type { RunSummary } from '../../shared/runs/run.ts';
import { expandSweep, type SweepAxis } from '../../shared/sweeps/sweep.ts';
import { count } from '../../shared/text/number-words.ts';
import type { CliContext, ExitCode } from './command.ts';
import type { PartialConfig } from './config-file.ts';
import { fieldTableLines } from './field-lines.ts';
import { exitCodeOf, reportsOf } from './run-report.ts';
import { wrongConfig } from './show-error.ts';
import { axisLines } from './sweep-options.ts';
import { tableLines } from './table.ts';
import { watchRuns } from './watch-runs.ts';
import { duration, measurement } from './words.ts';

export interface SweepWish {
  readonly config: PartialConfig;
  readonly axes: readonly SweepAxis[];
  /** From the seed of the config on. */
  readonly seedsFrom: (first: number) => readonly number[];
  readonly existing: 'skip' | 'again';
  /** `plan` launches nothing. */
  readonly until: 'plan' | 'end';
}

/** Shows the plan of a sweep, launches it, waits for its runs, and prints their results against the first swept field. */
export async function runSweep(wish: SweepWish, context: CliContext): Promise<ExitCode> {
  const { terminal } = context;
  const core = context.core();
  const { config, axes, existing } = wish;
  const expanded = expandSweep(config, axes, 1);
  if (!expanded.ok) throw wrongConfig(expanded.errors);
  const seeds = [...wish.seedsFrom(expanded.points[0]!.config.seed)];
  const request = { config, axes: axes.map(({ path, values }) => ({ path, values: [...values] })), seeds };
  const plan = await core.request('sweeps.plan', request);
  if (plan.errors.length > 0) throw wrongConfig(plan.errors);
  for (const line of planLines(plan, axes, seeds.length, existing)) terminal.say(line);
  if (wish.until === 'plan') {
    terminal.answer({ plan });
    return 0;
  }
  const launched = await core.request('sweeps.launch', { ...request, start: 'now', existing });
  const watched = await watchRuns(launched.ids, context);
  const others = await Promise.all(launched.existing.map((id) => core.request('runs.get', { id })));
  for (const line of endLines(watched.runs, others, axes, launched.tag, terminal.width)) terminal.say(line);
  if (terminal.format === 'json') {
    const runs = await reportsOf(core, watched.runs);
    terminal.answer({ runs, sweep: { tag: launched.tag, axes, seeds, existing: await reportsOf(core, others) } });
  }
  return exitCodeOf(watched);
}

/** "2 fields, 3 x 3 = 9 configs, 5 seeds: 45 runs, of which 12 exist and are skipped". */
export function planLines(
  { configs, runs, existing, estimate, memory }: ResponseOf<'sweeps.plan'>,
  axes: readonly SweepAxis[],
  seeds: number,
  how: SweepWish['existing'],
): string[] {
  const factors = axes.map(({ values }) => count(values.length)).join(' x ');
  const product = axes.reduce((all, { values }) => all * values.length, 1);
  const merged = product === configs ? '' : `, ${count(configs)} of them different`;
  const there = existing.length === 0 ? '' : `, of which ${existingWords(existing.length, how)}`;
  const missing = how === 'skip' ? runs - existing.length : runs;
  return [
    'Sweep',
    ...axisLines(axes),
    `  ${factors} ${axes.length > 1 ? `= ${count(product)} ` : ''}configs${merged}, ${count(seeds)} ${seeds === 1 ? 'seed' : 'seeds'}: ${count(runs)} runs${there}.`,
    `  ${timeWords(estimate, missing)}`,
    ...(memory ? [`  Memory of a run: up to ${(memory.peakBytes / 1e9).toFixed(2)} GB.`] : []),
    '  Seed by seed: every config has a run before any has its second.',
    '',
  ];
}

function existingWords(number: number, how: SweepWish['existing']): string {
  const [exist, are] = number === 1 ? ['exists', 'is'] : ['exist', 'are'];
  const what = how === 'skip' ? 'skipped (--again launches them too)' : 'launched again';
  return `${count(number)} ${exist} and ${are} ${what}`;
}

function timeWords(estimate: ResponseOf<'sweeps.plan'>['estimate'], missing: number): string {
  if (missing === 0) return 'Nothing is left to run.';
  if (estimate?.missingMs === null || !estimate) return `Time: not known, ${estimate?.source ?? 'nothing to go by'}.`;
  return `Time: about ${duration(estimate.missingMs)} for ${count(missing)} runs one by one, ${estimate.source}.`;
}

function endLines(
  runs: readonly RunSummary[],
  others: readonly RunSummary[],
  axes: readonly SweepAxis[],
  tag: string,
  width: number,
): string[] {
  const all = [...runs, ...others].sort((a, b) => a.number - b.number);
  const bad = runs.flatMap(({ number, name, failure }) =>
    failure ? [`${name} (run ${number}): ${failure.message}`] : [],
  );
  const paused = runs.filter(({ state }) => state === 'paused').map(({ number }) => number);
  const choices = fieldChoices(all);
  const choice = axes.flatMap(({ path }) => choices.find((each) => each.path === path) ?? [])[0];
  return [
    ...tableLines(
      [
        { title: 'run', align: 'right', cells: all.map(({ number }) => String(number)) },
        { title: 'name', cells: all.map(({ name }) => name), shrinksTo: 24 },
        { title: 'state', cells: all.map((run) => (others.includes(run) ? `${run.state}, was there` : run.state)) },
        { title: 'result', align: 'right', cells: all.map(resultWords) },
      ],
      width,
    ),
    ...bad,
    ...(paused.length > 0 ? [`Go on with: innerloop resume ${paused[0]}, and the same sweep again for the rest.`] : []),
    '',
    ...(choice ? [...fieldTableLines(fieldTable(all, choice), width), ''] : []),
    `Compare them with: innerloop compare tag:${tag}${choice ? ` --by ${choice.path}` : ''}`,
  ];
}

const resultWords = ({ final, best }: RunSummary): string =>
  final
    ? measurement(final.metric, final.mean, final.ci95)
    : best
      ? `${measurement(best.metric, best.value, best.ci95)} in validation`
      : '';
