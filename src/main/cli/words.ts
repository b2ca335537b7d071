import { taskFacts } from '../../shared/run-config/task-facts.ts';
import { protocolOf } from '../../shared/runs/protocol.ts';
import type { Evaluation, Protocol, RunSummary } from '../../shared/runs/run.ts';
import { count, significant, withInterval } from '../../shared/text/number-words.ts';

/** Numbers, times and measurements as a terminal shows them: each with its unit, each accuracy with its protocol. */

/** "3.4 s", "1 m 12 s", "2 h 05 m". */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
  return `${count(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} m`;
}

/** A size in decimal units: "64 MB". */
export function bytes(value: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toPrecision(2)} ${units[power]}`;
}

/** "2026-11-24 14:36", in the local time of the terminal. */
export function moment(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "95.1 ± 0.3 %" or "0.712 ± 0.05". */
export function measurement(metric: 'accuracy' | 'loss', mean: number, ci95: number | null): string {
  if (metric === 'loss') return ci95 === null ? significant(mean) : withInterval(mean, ci95);
  const interval = ci95 === null ? '' : ` ± ${(ci95 * 100).toFixed(1)}`;
  return `${(mean * 100).toFixed(1)}${interval} %`;
}

/** "accuracy" or, for regression, what its loss is. */
export const metricWord = (metric: 'accuracy' | 'loss', task: Protocol['task']): string =>
  metric === 'accuracy' ? 'accuracy' : task === 'sinusoid' ? 'mean squared error' : 'query loss';

/** For a table: "5w1s q15 · 600 ep · test · transductive · 3 steps". */
export function shortProtocol(protocol: Protocol): string {
  const { way, shot, query, episodes, split, batchNorm, innerSteps } = protocol;
  if (protocol.task === 'text-classes') return `${count(episodes)} texts · ${split}`;
  if (protocol.task === 'table-classes' || protocol.task === 'audio-classes') {
    const norm = batchNorm === 'none' ? [] : [batchNorm];
    return [`${shot || 'all'}k`, `${count(episodes)} ${taskFacts[protocol.task].counted}`, split, ...norm].join(' · ');
  }
  if (protocol.task === 'image-examples') {
    const size = `${way ?? 'all'}c${shot || 'all'}k`;
    return [size, `${count(episodes)} images`, split, ...(batchNorm === 'none' ? [] : [batchNorm])].join(' · ');
  }
  return [
    way === null ? `${shot}p q${query}` : `${way}w${shot}s q${query}`,
    `${count(episodes)} ep`,
    split,
    ...(batchNorm === 'none' ? [] : [batchNorm]),
    `${innerSteps} ${innerSteps === 1 ? 'step' : 'steps'}`,
  ].join(' · ');
}

/** The whole protocol in a sentence. */
export function protocolSentence(protocol: Protocol): string {
  const { way, shot, query, episodes, episodeSeed, split, family, dataset, batchNorm } = protocol;
  if (protocol.task === 'text-classes') {
    const of = dataset ? ` of ${dataset.name} v${dataset.version}` : '';
    return `all ${count(episodes)} ${split} texts${of}; 95 % CI over texts`;
  }
  if (protocol.task === 'table-classes' || protocol.task === 'audio-classes') {
    const { counted } = taskFacts[protocol.task];
    const of = dataset ? ` of ${dataset.name} v${dataset.version}` : '';
    const norm = batchNorm === 'none' ? '' : ` ${batchNorm} batch norm;`;
    return `all ${count(episodes)} ${split} ${counted}${of}, ${shot || 'all'} training ${counted} per class;${norm} 95 % CI over ${counted}`;
  }
  if (protocol.task === 'image-examples') {
    const of = dataset ? ` of ${dataset.name} v${dataset.version}` : '';
    const classes = `${way ?? 'all'} classes${of}, ${shot || 'all'} training images each`;
    const norm = batchNorm === 'none' ? 'no batch norm' : `${batchNorm} batch norm`;
    return `${classes}; all ${count(episodes)} ${split} images; ${norm}; 95 % CI over images`;
  }
  const task =
    way === null
      ? `${shot} support and ${query} query points`
      : `${way}-way ${shot}-shot, ${query} ${query === 1 ? 'query' : 'queries'} a class`;
  const tasks = family ? `${split} ${family} tasks` : `${split} tasks`;
  const labels = family ? `${family.replaceAll('-', ' ')}, ` : '';
  const where = dataset ? `${labels}${split} classes of ${dataset.name} v${dataset.version}` : tasks;
  const order = { first: 'first-order', second: 'second-order', none: 'no' }[protocol.order];
  return [
    task,
    `${count(episodes)} episodes of seed ${episodeSeed}, ${where}`,
    batchNorm === 'none' ? 'no batch norm' : `${batchNorm} batch norm`,
    adaptationWords(protocol),
    `${order} meta-gradient`,
    '95 % CI over episodes',
  ].join('; ');
}

function adaptationWords(protocol: Protocol): string {
  const { innerSteps, innerRate } = protocol;
  if (innerSteps === 0) return 'no inner steps';
  const rate = innerRate === null ? 'learned rates' : `rate ${innerRate}`;
  return `${innerSteps} inner ${innerSteps === 1 ? 'step' : 'steps'} of ${rate} on the ${lossWords(protocol)}`;
}

const lossWords = ({ lossReduction }: Protocol): string =>
  lossReduction === 'mean' ? 'mean loss' : 'loss summed over classes';

/** "95.1 ± 0.3 % accuracy". */
export const evaluationWords = (evaluation: Evaluation): string =>
  `${measurement(evaluation.metric, evaluation.mean, evaluation.ci95)} ${metricWord(evaluation.metric, evaluation.protocol.task)}`;

/** The protocol that a run's best value was measured with. */
export const validationProtocol = ({ config, dataset }: RunSummary): Protocol =>
  protocolOf(config, dataset, 'validation', config.evaluation.episodes);
