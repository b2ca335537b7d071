import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResponseOf } from '../../../shared/contract/requests.ts';
import { parseEncoderConfig } from '../../../shared/encoder/encoder-config.ts';
import { memoryRemedy } from '../../../shared/run-config/batch-advice.ts';
import { dataFacts } from '../../../shared/run-config/data-facts.ts';
import { estimateMemory } from '../../../shared/run-config/memory-estimate.ts';
import {
  isMeta,
  isTextFineTune,
  type RunConfig,
  type TextFineTuneRunConfig,
} from '../../../shared/run-config/schema.ts';
import { estimateTextMemory, textMemoryRemedy } from '../../../shared/run-config/text-memory.ts';
import { gigabytes } from '../../../shared/text/number-words.ts';
import type { DatasetDesk } from './dataset-desk.ts';

type Checked = ResponseOf<'config.check'>;

export interface MemoryCheck {
  readonly shown: NonNullable<Checked['memory']>;
  /** What fills the memory and what would need less, in one sentence. */
  readonly remedy: string;
  /** The field that the remedy changes first. */
  readonly path: 'outer.metaBatch' | 'algorithm.batch';
}

/** What a run would need beside what the machine has free now; null for tasks whose memory is not estimated. */
export function checkMemory(
  config: RunConfig,
  datasets: Pick<DatasetDesk, 'factsFor' | 'forTrainer' | 'modelFor'>,
  freeBytes: () => number = () => process.availableMemory(),
): MemoryCheck | null {
  if (isTextFineTune(config)) return checkTextMemory(config, datasets, freeBytes);
  if (!isMeta(config)) return null;
  const data = dataFacts(config, datasets.forTrainer(datasets.factsFor(config)));
  if (data === null) return null;
  const { peakBytes, programBytes, keptBytes, workBytes, tasksAtOnce } = estimateMemory(config, data);
  const tasks = tasksAtOnce === 1 ? '1 task at a time' : `${tasksAtOnce} tasks at once`;
  const source =
    `program and graphs ${gigabytes(programBytes)}, parameters and data ${gigabytes(keptBytes)}, ` +
    `${tasks} ${gigabytes(workBytes)}; an upper bound for the CPU`;
  const remedy = memoryRemedy(config, data.exampleShape);
  return { shown: { peakBytes, freeBytes: freeBytes(), source }, remedy, path: 'outer.metaBatch' };
}

function checkTextMemory(
  config: TextFineTuneRunConfig,
  datasets: Pick<DatasetDesk, 'modelFor'>,
  freeBytes: () => number,
): MemoryCheck | null {
  const size = encoderSize(config, datasets);
  if (size === null) return null;
  const { peakBytes, programBytes, keptBytes, workBytes } = estimateTextMemory(config, size);
  const { batch } = config.algorithm;
  const source =
    `program and graphs ${gigabytes(programBytes)}, parameters with moments and copies ${gigabytes(keptBytes)}, ` +
    `${batch} ${batch === 1 ? 'text' : 'texts'} at once ${gigabytes(workBytes)}; an upper bound for the CPU`;
  const shown = { peakBytes, freeBytes: freeBytes(), source };
  return { shown, remedy: textMemoryRemedy(config), path: 'algorithm.batch' };
}

/** null where the pretrained model is not there or damaged, which the check of the config says by itself. */
function encoderSize(config: TextFineTuneRunConfig, { modelFor }: Pick<DatasetDesk, 'modelFor'>) {
  const { start } = config.model;
  if (start.kind === 'from-scratch') {
    const { layers, hiddenSize, heads, vocabulary } = start;
    const sizes = { intermediateSize: 4 * hiddenSize, vocabSize: vocabulary, maxPositions: config.task.maxLength };
    return { layers, hiddenSize, heads, ...sizes };
  }
  try {
    const model = modelFor?.(config);
    return model ? parseEncoderConfig(JSON.parse(readFileSync(join(model.folder, 'config.json'), 'utf8'))) : null;
  } catch {
    return null; // a bound that cannot be known is not shown
  }
}

export function memoryAdvice(memory: MemoryCheck | null): Checked['advice'] {
  if (memory === null) return [];
  const { peakBytes, freeBytes } = memory.shown;
  if (peakBytes <= freeBytes) return [];
  const message =
    `The run may need up to ${gigabytes(peakBytes)} of memory, and ${gigabytes(freeBytes)} are free now. ` +
    memory.remedy;
  return [{ path: memory.path, level: 'warning', message }];
}
