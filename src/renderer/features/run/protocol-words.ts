import type { Evaluation, Protocol } from '../../../shared/runs/run.ts';
import { count, plural, setting } from '../../app/format.ts';

/** "20-way 1-shot", or "10 points" for regression. */
export const taskSize = ({ way, shot }: Pick<Protocol, 'way' | 'shot'>): string =>
  way === null ? plural(shot, 'point') : `${way}-way ${shot}-shot`;

/** "20w · 1s", for tables; the whole protocol stands in the hover. */
export const shortTask = ({ way, shot }: Pick<Protocol, 'way' | 'shot'>): string =>
  way === null ? plural(shot, 'point') : `${way}w · ${shot}s`;

/** Everything that the number depends on, as one paragraph. */
export function protocolSentence(protocol: Protocol): string {
  const { task, query, dataset } = protocol;
  const norm = protocol.batchNorm === 'none' ? null : `${protocol.batchNorm} batch norm`;
  const reduction = task === 'image-classes' ? `inner loss ${protocol.lossReduction.replaceAll('-', ' ')}` : null;
  const parts = [
    `${count(protocol.episodes)} episodes (seed ${protocol.episodeSeed})`,
    `${taskSize(protocol)}, ${plural(query, task === 'image-classes' ? 'query' : 'query point', task === 'image-classes' ? 'queries' : 'query points')}${task === 'image-classes' ? ' a class' : ''}`,
    `${plural(protocol.innerSteps, 'inner step')} at rate ${setting(protocol.innerRate)}`,
    norm,
    reduction,
    dataset ? `${dataset.name} v${dataset.version}, ${dataset.digest.slice(0, 8)}` : null,
  ];
  return `${parts.filter(Boolean).join('; ')}.`;
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
