import { expect, it } from 'vitest';
import { exportChoices, folderNameFor } from '../../../src/renderer/features/run/export-choices.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const { config } = presetById('quick-sinusoid');
const fresh = { config, final: null, best: null };

it('offers parameters only where there is a checkpoint, and a model only of a fine-tuned encoder', () => {
  const missing = (checkpoints: number) =>
    Object.entries(exportChoices(fresh, checkpoints)).flatMap(([format, { missing: why }]) => (why ? [format] : []));
  expect(missing(0)).toEqual(['predictions', 'safetensors', 'huggingface', 'tfjs']);
  expect(missing(3)).toEqual(['predictions', 'huggingface']);
  const encoder = { ...config, model: { ...config.model, kind: 'encoder' } } as unknown as typeof config;
  expect(exportChoices({ ...fresh, config: encoder }, 1).huggingface.missing).toBeNull();
  expect(exportChoices({ ...fresh, config: encoder }, 0).huggingface.missing).toBe(
    'needs a checkpoint, and there is none yet',
  );
});

it('offers predictions of fine-tuned runs once they were evaluated', () => {
  const tuned = { ...config, task: { kind: 'image-examples' } } as unknown as typeof config;
  const best = { metric: 'accuracy', value: 0.9, ci95: 0.1, iteration: 5 } as const;
  const missing = (run: Parameters<typeof exportChoices>[0]) => exportChoices(run, 1).predictions.missing;
  expect(missing({ ...fresh, config: tuned, best })).toBeNull();
  expect(missing({ ...fresh, config: tuned })).toBe('needs an evaluation, and there is none yet');
  expect(missing({ ...fresh, best })).toBe('only of runs that are fine-tuned: this one is measured in episodes');
});

it('suggests a folder that says what is in it', () => {
  expect(folderNameFor({ name: 'sine one' }, 'csv')).toBe('sine one-csv');
  expect(folderNameFor({ name: 'spam' }, 'huggingface')).toBe('spam');
  expect(folderNameFor({ name: '  ' }, 'json')).toBe('run-json');
});
