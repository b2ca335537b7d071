import type { ResponseOf } from '../../../shared/contract/requests.ts';
import { memoryRemedy } from '../../../shared/run-config/batch-advice.ts';
import { dataFacts } from '../../../shared/run-config/data-facts.ts';
import { estimateMemory } from '../../../shared/run-config/memory-estimate.ts';
import { isMeta, type RunConfig } from '../../../shared/run-config/schema.ts';
import { gigabytes } from '../../../shared/text/number-words.ts';
import type { DatasetDesk } from './dataset-desk.ts';

type Checked = ResponseOf<'config.check'>;

export interface MemoryCheck {
  readonly shown: NonNullable<Checked['memory']>;
  /** What fills the memory and what would need less, in one sentence. */
  readonly remedy: string;
}

/** What a run would need beside what the machine has free now; null for tasks whose memory is not estimated. */
export function checkMemory(
  config: RunConfig,
  datasets: Pick<DatasetDesk, 'factsFor' | 'forTrainer'>,
  freeBytes: () => number = () => process.availableMemory(),
): MemoryCheck | null {
  if (!isMeta(config)) return null;
  const data = dataFacts(config, datasets.forTrainer(datasets.factsFor(config)));
  if (data === null) return null;
  const { peakBytes, programBytes, keptBytes, workBytes, tasksAtOnce } = estimateMemory(config, data);
  const tasks = tasksAtOnce === 1 ? '1 task at a time' : `${tasksAtOnce} tasks at once`;
  const source =
    `program and graphs ${gigabytes(programBytes)}, parameters and data ${gigabytes(keptBytes)}, ` +
    `${tasks} ${gigabytes(workBytes)}; an upper bound for the CPU`;
  return { shown: { peakBytes, freeBytes: freeBytes(), source }, remedy: memoryRemedy(config, data.exampleShape) };
}

export function memoryAdvice(memory: MemoryCheck | null): Checked['advice'] {
  if (memory === null) return [];
  const { peakBytes, freeBytes } = memory.shown;
  if (peakBytes <= freeBytes) return [];
  const message =
    `The run may need up to ${gigabytes(peakBytes)} of memory, and ${gigabytes(freeBytes)} are free now. ` +
    memory.remedy;
  return [{ path: 'outer.metaBatch', level: 'warning', message }];
}
