import { count } from '../../../shared/text/number-words.ts';
import { summaryWords } from '../classification-lines.ts';
import { type Command, UsageError } from '../command.ts';
import { findRun } from '../find-run.ts';
import { curveLines } from '../run-report.ts';
import { duration, evaluationWords, protocolSentence } from '../words.ts';

const splits = ['train', 'validation', 'test', 'unused'] as const;
const starts = ['best', 'last', 'untrained'] as const;
const seedMaximum = 2_147_483_647;

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'test episodes with a checkpoint, on any compatible dataset',
  arguments: [{ name: 'RUN', help: 'number, id, beginning of an id, or name of a run', count: 'one' }],
  options: [
    { name: 'dataset', value: 'N', help: "another dataset than the run's own" },
    { name: 'split', value: 'SPLIT', help: `${splits.join(', ')} (default test)`, choices: splits },
    { name: 'episodes', value: 'N', help: 'default 600' },
    { name: 'episode-seed', value: 'N', help: "another seed of the episodes than the run's" },
    { name: 'way', value: 'N', help: 'classes in an episode' },
    { name: 'shot', value: 'N', help: 'support examples per class' },
    { name: 'query', value: 'N', help: 'query examples per class' },
    { name: 'steps', value: 'N', help: 'inner steps; the curve has a point after each' },
    {
      name: 'from',
      value: 'WHICH',
      help: 'best, last or untrained (default best; without validation the last)',
      choices: starts,
    },
  ],
  details:
    '--from untrained measures the same network at its initialisation, adapted in the same way: the honest zero line.',
  examples: [
    'evaluate 12',
    'evaluate 12 --dataset omniglot-small2 --split test --episodes 600',
    'evaluate 12 --from untrained --steps 3',
  ],
  run: async (given, context) => {
    const { terminal } = context;
    const core = context.core();
    const run = await findRun(core, given.positionals[0]!);
    terminal.status(`Evaluating ${run.name}.`);
    const split = oneOf(splits, given.text('split') ?? 'test');
    const evaluation = await core.request('runs.evaluate', {
      id: run.id,
      dataset: given.text('dataset') ?? null,
      split,
      episodes: given.wholeNumber('episodes', 1, 100_000) ?? 600,
      episodeSeed: given.wholeNumber('episode-seed', 0, seedMaximum) ?? null,
      way: given.wholeNumber('way', 2, 200) ?? null,
      shot: given.wholeNumber('shot', 1, 1000) ?? null,
      query: given.wholeNumber('query', 1, 1000) ?? null,
      steps: given.wholeNumber('steps', 1, 200) ?? null,
      from: oneOf(starts, given.text('from') ?? 'best'),
    });
    terminal.clearStatus();
    const { mean, ci95, perStep, protocol, iteration, durationMs } = evaluation;
    const from = evaluation.kind === 'untrained' ? 'untrained' : `at iteration ${count(iteration)}`;
    terminal.say(`${run.name} ${from}: ${evaluationWords(evaluation)} (${duration(durationMs)})`);
    terminal.say(`  ${protocolSentence(protocol)}`);
    // Nothing adapts to single examples: in the place of a curve they have the metrics of a classifier.
    const { classification } = evaluation;
    if (classification) terminal.say(`  ${summaryWords(classification)}`);
    else for (const line of curveLines(perStep, null)) terminal.say(`  ${line}`);
    terminal.answer({ ...evaluation, mean, ci95, episodes: protocol.episodes, perStep, protocol });
    return 0;
  },
};

function oneOf<const Choice extends string>(choices: readonly Choice[], given: string): Choice {
  const found = choices.find((choice) => choice === given);
  if (found === undefined) throw new UsageError(`"${given}" is none of ${choices.join(', ')}.`);
  return found;
}
