import { fieldGroups, fieldsOf, sourceOf, valueAtPath } from '../../../shared/run-config/fields.ts';
import type { Checkpoint, Evaluation, RunSummary } from '../../../shared/runs/run.ts';
import { count } from '../../../shared/text/number-words.ts';
import { askedClassification, evaluationOption } from '../asked-evaluation.ts';
import { classificationLines, classificationOf } from '../classification-lines.ts';
import type { Command } from '../command.ts';
import { findRun } from '../find-run.ts';
import { resultLines } from '../run-report.ts';
import { tableLines } from '../table.ts';
import { bytes, duration, evaluationWords, moment, shortProtocol } from '../words.ts';

export const showCommand: Command = {
  name: 'show',
  summary: 'one run whole: state, result with its protocol, config, evaluations, confusion, checkpoints, log',
  arguments: [{ name: 'RUN', help: 'number, id, beginning of an id, or name of a run', count: 'one' }],
  options: [
    { name: 'log', value: 'N', help: 'so many of the last lines of its log (default 10)' },
    { ...evaluationOption, help: `classes and confusion of ${evaluationOption.help}` },
  ],
  examples: ['show 12', 'show maml-sine-10p-s1 --log 100', 'show 12 --json'],
  run: async (given, context) => {
    const { terminal } = context;
    const core = context.core();
    const run = await findRun(core, given.positionals[0]!);
    const { id } = run;
    const evaluations = await core.request('runs.evaluations', { id });
    const checkpoints = await core.request('runs.checkpoints', { id });
    const asked = given.text('evaluation');
    const classification =
      asked === undefined ? await classificationOf(core, run) : await askedClassification(core, id, asked);
    const limit = given.wholeNumber('log', 1, 5000) ?? 10;
    const { total } = await core.request('runs.log', { id, after: 0, limit: 1 });
    const { entries: log } = await core.request('runs.log', { id, after: Math.max(0, total - limit), limit });
    const sections = [
      headLines(run),
      resultLines(run),
      configLines(run),
      evaluationLines(evaluations, terminal.width),
      classification ? classificationLines(classification, terminal.width) : [],
      checkpointLines(checkpoints, terminal.width),
      log.length === 0
        ? []
        : ['Log', ...log.map(({ at, level, message }) => `  ${moment(at)}  ${level.padEnd(5)} ${message}`)],
    ];
    terminal.say(
      sections
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n'),
    );
    terminal.answer({ ...run, evaluations, classification, checkpoints, log });
    return 0;
  },
};

function headLines(run: RunSummary): string[] {
  const { engine, dataset, failure } = run;
  const lines = [
    `${run.name}  run ${run.number}, ${run.state}${run.phase ? ` (${run.phase})` : ''}`,
    `  id          ${run.id}`,
    `  created     ${moment(run.createdAt)}`,
    `  iterations  ${count(run.iteration)} of ${count(run.config.outer.iterations)} in ${duration(run.computeMs)} of compute time`,
  ];
  if (dataset) lines.push(`  dataset     ${dataset.name} v${dataset.version}, sha256 ${dataset.digest.slice(0, 12)}`);
  if (engine) {
    const how =
      engine.mode === 'compiled' ? `compiled graph of ${count(engine.operations)} operations` : 'eager operations';
    const why = engine.reason === null ? '' : ` (${engine.reason})`;
    lines.push(
      `  engine      ${how}${why}, tasks ${engine.taskBatching}, XLA ${engine.xla}, ${engine.stepsPerCall} steps a call`,
    );
    lines.push(`  device      ${engine.device.toUpperCase()} ${engine.deviceName}, TensorFlow ${engine.tensorflow}`);
    const { parameters, multiplyAdds } = engine;
    lines.push(`  parameters  ${count(parameters)}`);
    if (multiplyAdds !== undefined) lines.push(`  cost        ${count(multiplyAdds)} multiply-adds for one example`);
  }
  if (failure) lines.push(`  failure     ${failure.message}`);
  if (run.resumable === 'yes' && run.state !== 'running') lines.push(`  resume      innerloop resume ${run.number}`);
  return lines;
}

/** Every field with its value; those that differ from the cited source say so. */
function configLines({ config }: RunSummary): string[] {
  const infos = fieldsOf(config);
  const width = Math.max(...infos.map(({ label }) => label.length));
  return fieldGroups.flatMap((group) => {
    const members = infos.filter((info) => info.group === group && valueText(valueAtPath(config, info.path)) !== '');
    if (members.length === 0) return [];
    const lines = members.map(({ label, path, choices }) => {
      const value = valueAtPath(config, path);
      const words = choices?.[String(value)] ?? valueText(value);
      const source = sourceOf(config, path);
      const note = source?.differs === 'yes' ? `  (${source.source}: ${valueText(source.presetValue)})` : '';
      return `  ${label.padEnd(width)}  ${words}${note}`;
    });
    return [group, ...lines];
  });
}

const valueText = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
};

function evaluationLines(evaluations: readonly Evaluation[], width: number): string[] {
  if (evaluations.length === 0) return [];
  const lines = tableLines(
    [
      { title: 'kind', cells: evaluations.map(({ kind }) => kind) },
      { title: 'iteration', align: 'right', cells: evaluations.map(({ iteration }) => count(iteration)) },
      { title: 'result', cells: evaluations.map(evaluationWords) },
      {
        title: 'protocol (95 % CI over episodes)',
        shrinksTo: 24,
        cells: evaluations.map(({ protocol }) => shortProtocol(protocol)),
      },
      { title: 'time', align: 'right', leaves: 1, cells: evaluations.map(({ durationMs }) => duration(durationMs)) },
    ],
    width - 2,
  );
  return ['Evaluations', ...lines.map((line) => `  ${line}`)];
}

function checkpointLines(checkpoints: readonly Checkpoint[], width: number): string[] {
  if (checkpoints.length === 0) return [];
  const lines = tableLines(
    [
      { title: 'iteration', align: 'right', cells: checkpoints.map(({ iteration }) => count(iteration)) },
      { title: 'roles', cells: checkpoints.map(({ roles }) => roles.join(', ')) },
      { title: 'size', align: 'right', cells: checkpoints.map((checkpoint) => bytes(checkpoint.bytes)) },
      { title: 'saved', leaves: 1, cells: checkpoints.map(({ createdAt }) => moment(createdAt)) },
      { title: 'sha256', leaves: 2, cells: checkpoints.map(({ sha256 }) => sha256.slice(0, 12)) },
    ],
    width - 2,
  );
  return ['Checkpoints', ...lines.map((line) => `  ${line}`)];
}
