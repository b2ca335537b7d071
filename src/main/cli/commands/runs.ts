import type { RunSummary } from '../../../shared/runs/run.ts';
import { count } from '../../../shared/text/number-words.ts';
import type { Command } from '../command.ts';
import { type Column, tableLines } from '../table.ts';
import { duration, measurement, moment, shortProtocol, validationProtocol } from '../words.ts';

export const runsCommand: Command = {
  name: 'runs',
  summary: 'the history of runs, newest first',
  arguments: [],
  options: [
    { name: 'filter', value: 'EXPR', help: 'words of name, tags and note, and field:value terms, as in the window' },
    { name: 'limit', value: 'N', help: 'at most so many (default 30)' },
    { name: 'archived', help: 'those in the archive instead' },
    { name: 'bin', help: 'those in the bin instead' },
  ],
  examples: ['runs', 'runs --filter "state:completed dataset:omniglot inner.rate>0.1" --limit 100'],
  run: async (given, context) => {
    const { terminal } = context;
    const page = await context.core().request('runs.list', {
      filter: given.text('filter') ?? '',
      view: given.has('bin') ? 'bin' : given.has('archived') ? 'archived' : 'active',
      sort: { by: 'created', order: 'descending' },
      limit: given.wholeNumber('limit', 1, 10_000) ?? 30,
      offset: 0,
    });
    if (page.runs.length === 0)
      terminal.say(page.total === 0 ? 'No runs yet. Start one: innerloop run sinusoid-quick-start' : 'No run matches.');
    else for (const line of runLines(page.runs, terminal.width)) terminal.say(line);
    const left = page.matching - page.runs.length;
    if (left > 0) terminal.say(`${count(left)} more; see --limit and --filter.`);
    terminal.answer(page);
    return 0;
  },
};

/** A result never stands without its protocol: where the terminal is too narrow for it, it takes a line of its own. */
function runLines(runs: readonly RunSummary[], width: number): string[] {
  const columns = columnsOf(runs);
  const results = runs.map(resultOf);
  const protocols = results.map(({ protocol }) => protocol);
  const result: Column = { title: 'result', align: 'right', cells: results.map((one) => one.result) };
  const protocol: Column = { title: 'protocol (95 % CI over episodes)', cells: protocols };
  const whole = tableLines([...columns.slice(0, 6), result, protocol, ...columns.slice(6)], width);
  if (whole.every((line) => line.length <= width)) return whole;
  const [head = '', ...rows] = tableLines([...columns.slice(0, 6), result, ...columns.slice(6)], width);
  return [head, ...rows.flatMap((row, i) => (protocols[i] ? [row, `    ${protocols[i]}`] : [row]))];
}

const columnsOf = (runs: readonly RunSummary[]): Column[] => [
  { title: '#', align: 'right', cells: runs.map(({ number }) => String(number)) },
  { title: 'name', shrinksTo: 16, cells: runs.map(({ name }) => name) },
  { title: 'state', cells: runs.map(({ state }) => state) },
  {
    title: 'dataset',
    leaves: 3,
    shrinksTo: 10,
    cells: runs.map(({ dataset, config }) => dataset?.name ?? config.task.kind),
  },
  { title: 'seed', align: 'right', leaves: 4, cells: runs.map(({ config }) => String(config.seed)) },
  { title: 'iteration', align: 'right', leaves: 2, cells: runs.map(({ iteration }) => count(iteration)) },
  { title: 'time', align: 'right', leaves: 5, cells: runs.map(({ computeMs }) => duration(computeMs)) },
  { title: 'created', leaves: 6, cells: runs.map(({ createdAt }) => moment(createdAt)) },
];

/** The final evaluation, else the best validation, with how it was measured. */
function resultOf(run: RunSummary): { readonly result: string; readonly protocol: string } {
  const { final, best } = run;
  if (final)
    return { result: measurement(final.metric, final.mean, final.ci95), protocol: shortProtocol(final.protocol) };
  if (best)
    return {
      result: measurement(best.metric, best.value, best.ci95),
      protocol: `${shortProtocol(validationProtocol(run))} · best validation`,
    };
  return { result: '', protocol: shortened(run.failure?.message ?? '') }; // whole in `show`
}

const shortened = (text: string): string => (text.length > 48 ? `${text.slice(0, 47)}…` : text);
