import type { TrainerJob } from '../contract/trainer.ts';
import { memoryRemedy, taskExamples } from '../run-config/batch-advice.ts';
import { dataFacts } from '../run-config/data-facts.ts';
import { isMeta, isTextFineTune } from '../run-config/schema.ts';
import { textMemoryRemedy } from '../run-config/text-memory.ts';

/**
 * The words of TensorFlow (ResourceExhausted), CUDA, cuDNN, C++ and the system for memory that could not be had, on
 * cards and on the machine.
 */
const words =
  /\bOOM\b|RESOURCE_?EXHAUSTED|resource exhausted|out of memory|OUT_OF_MEMORY|bad_alloc|cannot allocate memory|(CUBLAS|CUDNN)_STATUS_ALLOC_FAILED/i;

/** Whether an error or the last lines of a process say that memory ran out. */
export const saysOutOfMemory = (text: string): boolean => words.test(text);

/** What filled the memory in this job and what would need less, in one sentence. */
export function outOfMemoryRemedy(job: TrainerJob | null): string {
  const unknown = 'Use a smaller batch, fewer examples or a smaller network.';
  if (job === null || job.kind === 'probe') return unknown;
  if (isTextFineTune(job.config)) return textMemoryRemedy(job.config);
  const data = dataFacts(job.config, 'dataset' in job ? job.dataset : null);
  if (data === null || !isMeta(job.config)) return unknown;
  if (job.kind !== 'evaluate') return memoryRemedy(job.config, data.exampleShape);
  const { support, query } = taskExamples(job.config.task);
  const ask =
    job.config.task.query > 1 ? `ask for ${Math.floor(job.config.task.query / 2)} queries` : 'ask for a smaller way';
  return `A test episode has ${support} support and ${query} query examples: ${ask}.`;
}
