import { countsExamples } from '../../../shared/run-config/task-facts.ts';
import type { Evaluation, Protocol } from '../../../shared/runs/run.ts';
import { count, plural, setting } from '../../app/format.ts';

/** "20-way 1-shot", or "10 points" for regression. */
export const taskSize = ({ task, way, shot }: Pick<Protocol, 'task' | 'way' | 'shot'>): string =>
  countsExamples(task)
    ? exampleSize(task, way, shot)
    : way === null
      ? plural(shot, 'point')
      : `${way}-way ${shot}-shot`;

/** "all texts", "5 classes of 1". */
const exampleSize = (task: Protocol['task'], way: number | null, shot: number): string =>
  task === 'text-classes'
    ? 'all texts'
    : task === 'table-classes' || task === 'audio-classes'
      ? splitSize(task, shot)
      : `${way ?? 'all'} classes of ${shot || 'all'}`;

/** Training examples of a split that is given: "all rows", "5 clips a class". */
function splitSize(task: 'table-classes' | 'audio-classes', shot: number): string {
  const word = task === 'table-classes' ? 'row' : 'clip';
  return shot === 0 ? `all ${word}s` : `${plural(shot, word)} a class`;
}

/** "20w · 1s", for tables; the whole protocol stands in the hover. */
export const shortTask = ({ task, way, shot }: Pick<Protocol, 'task' | 'way' | 'shot'>): string =>
  task === 'text-classes'
    ? 'texts'
    : task === 'table-classes' || task === 'audio-classes'
      ? shot === 0
        ? `${task === 'table-classes' ? 'rows' : 'clips'}`
        : `${shot}k`
      : task === 'image-examples'
        ? `${way ?? 'all'}c · ${shot || 'all'}k`
        : way === null
          ? plural(shot, 'point')
          : `${way}w · ${shot}s`;

const exampleNames: Readonly<Partial<Record<Protocol['task'], string>>> = {
  'text-classes': 'text',
  'table-classes': 'row',
  'audio-classes': 'clip',
};

/** Everything that the number depends on, as one paragraph. */
export function protocolSentence(protocol: Protocol): string {
  const { dataset, family } = protocol;
  if (countsExamples(protocol.task)) {
    const where = dataset ? `; ${dataset.name} v${dataset.version}, ${dataset.digest.slice(0, 8)}` : '';
    const what = exampleNames[protocol.task] ?? 'image';
    const drawn = protocol.task === 'text-classes' ? '' : `; ${taskSize(protocol)}`;
    const norm = protocol.batchNorm === 'none' ? '' : `; ${protocol.batchNorm} batch norm`;
    return `All ${plural(protocol.episodes, what)} of the ${protocol.split} split${drawn}${norm}${where}.`;
  }
  const parts = [
    `${count(protocol.episodes)} episodes (seed ${protocol.episodeSeed})`,
    `${taskSize(protocol)}, ${queries(protocol)}`,
    adaptation(protocol),
    protocol.batchNorm === 'none' ? null : `${protocol.batchNorm} batch norm`,
    protocol.way === null ? null : `inner loss ${protocol.lossReduction.replaceAll('-', ' ')}`,
    family ? (dataset ? family.replaceAll('-', ' ') : `generated tasks, ${family}`) : null,
    dataset ? `${dataset.name} v${dataset.version}, ${dataset.digest.slice(0, 8)}` : null,
  ];
  return `${parts.filter(Boolean).join('; ')}.`;
}

const queries = ({ way, query }: Protocol): string =>
  way !== null ? `${plural(query, 'query', 'queries')} a class` : plural(query, 'query point');

/** Inner steps and their rate; rates are learned by some methods, and others take no step at all. */
function adaptation({ innerSteps, innerRate }: Protocol): string {
  if (innerSteps === 0) return 'no inner steps';
  const steps = plural(innerSteps, 'inner step');
  return innerRate === null ? `${steps} at learned rates` : `${steps} at rate ${setting(innerRate)}`;
}

/** "Test accuracy", "Validation error": split and metric. */
export function measureName({ metric, protocol, kind }: Evaluation): string {
  const what = metric === 'accuracy' ? 'accuracy' : 'error (mean squared)';
  const where = kind === 'validation' ? 'validation' : protocol.split === 'generated' ? 'test' : protocol.split;
  return `${where[0]!.toUpperCase()}${where.slice(1)} ${what}`;
}

export const kindWords: Readonly<Record<Evaluation['kind'], string>> = {
  validation: 'Validation',
  final: 'Final',
  requested: 'Asked for',
  untrained: 'Untrained',
};
