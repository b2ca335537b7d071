import { type ExportFormat, exportFormatWords } from '../../../shared/exports/export-format.ts';
import { isFineTune, isNetworkFineTune } from '../../../shared/run-config/schema.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';

export interface ExportChoice {
  readonly label: string;
  /** What the folder will hold. */
  readonly words: string;
  /** Why this run cannot be exported so; null when it can. */
  readonly missing: string | null;
}

const labels: Readonly<Record<ExportFormat, string>> = {
  csv: 'CSV',
  json: 'JSON',
  tensorboard: 'TensorBoard',
  predictions: 'Predictions (CSV)',
  safetensors: 'Safetensors',
  huggingface: 'Hugging Face folder',
  tfjs: 'TensorFlow.js',
};

const tunesEncoder = ({ config }: Pick<RunSummary, 'config'>): boolean => config.model.kind === 'encoder';

/** Whether a run can become a model of the library: one that fine-tunes a text encoder, or a network of images, rows or clips. */
export const makesModel = ({ config }: Pick<RunSummary, 'config'>): boolean =>
  config.model.kind === 'encoder' || config.task.kind === 'image-classes' || isNetworkFineTune(config);

/** Each format with what it holds, or why this run has nothing for it. */
export function exportChoices(
  run: Pick<RunSummary, 'config' | 'final' | 'best'>,
  checkpoints: number,
): Readonly<Record<ExportFormat, ExportChoice>> {
  const parameters = checkpoints === 0 ? 'needs a checkpoint, and there is none yet' : null;
  const missing: Partial<Record<ExportFormat, string | null>> = {
    predictions: predictionsMissing(run),
    safetensors: parameters,
    tfjs: parameters,
    huggingface: tunesEncoder(run) ? parameters : 'only of runs that fine-tune a text encoder',
  };
  const choice = (format: ExportFormat): ExportChoice => ({
    label: labels[format],
    words: exportFormatWords[format],
    missing: missing[format] ?? null,
  });
  return {
    csv: choice('csv'),
    json: choice('json'),
    tensorboard: choice('tensorboard'),
    predictions: choice('predictions'),
    safetensors: choice('safetensors'),
    huggingface: choice('huggingface'),
    tfjs: choice('tfjs'),
  };
}

function predictionsMissing({ config, final, best }: Pick<RunSummary, 'config' | 'final' | 'best'>): string | null {
  if (!isFineTune(config)) return 'only of runs that are fine-tuned: this one is measured in episodes';
  return final === null && best === null ? 'needs an evaluation, and there is none yet' : null;
}

/** "omniglot-5w1s-csv"; of a Hugging Face folder the name alone, since that is what the model will be called. */
export function folderNameFor({ name }: Pick<RunSummary, 'name'>, format: ExportFormat): string {
  const plain = name.trim().slice(0, 120) || 'run';
  return format === 'huggingface' ? plain : `${plain}-${format}`;
}
