import { expect, it } from 'vitest';
import { exportChoices, folderNameFor } from '../../../src/renderer/features/run/export-choices.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const { config } = presetById('quick-sinusoid');

it('offers parameters only where there is a checkpoint, and a model only of a fine-tuned encoder', () => {
  const missing = (checkpoints: number) =>
    Object.entries(exportChoices({ config }, checkpoints)).flatMap(([format, { missing: why }]) =>
      why ? [format] : [],
    );
  expect(missing(0)).toEqual(['safetensors', 'huggingface']);
  expect(missing(3)).toEqual(['huggingface']);
  const encoder = { ...config, model: { ...config.model, kind: 'encoder' } } as unknown as typeof config;
  expect(exportChoices({ config: encoder }, 1).huggingface.missing).toBeNull();
  expect(exportChoices({ config: encoder }, 0).huggingface.missing).toBe('needs a checkpoint, and there is none yet');
});

it('suggests a folder that says what is in it', () => {
  expect(folderNameFor({ name: 'sine one' }, 'csv')).toBe('sine one-csv');
  expect(folderNameFor({ name: 'spam' }, 'huggingface')).toBe('spam');
  expect(folderNameFor({ name: '  ' }, 'json')).toBe('run-json');
});
