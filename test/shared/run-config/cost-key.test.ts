import { expect, it } from 'vitest';
import { costKeyOf } from '../../../src/shared/run-config/cost-key.ts';
import { withValue } from '../../../src/shared/run-config/fields.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const { config } = presetById('finn-sinusoid');

it.each([
  ['seed', 9],
  ['name', 'x'],
  ['outer.iterations', 10],
  ['outer.rate', 0.5],
  ['inner.rate', 0.5],
])('%s does not change what an iteration costs', (path, value) => {
  expect(costKeyOf(withValue(config, path, value))).toBe(costKeyOf(config));
});

it.each([
  ['inner.steps', 5],
  ['outer.metaBatch', 4],
  ['task.shot', 5],
  ['model.hidden', [80, 80]],
  ['algorithm.kind', 'fomaml'],
  ['engine.mode', 'eager'],
  ['device', 'cpu'],
])('%s does', (path, value) => {
  expect(costKeyOf(withValue(config, path, value))).not.toBe(costKeyOf(config));
});
