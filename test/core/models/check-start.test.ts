import { describe, expect, it } from 'vitest';
import { checkStart } from '../../../src/main/core/models/check-start.ts';
import type { ModelDesk, ModelFacts } from '../../../src/main/core/models/model-desk.ts';
import type { TrainerDataset } from '../../../src/shared/contract/trainer.ts';
import type { NetworkShape } from '../../../src/shared/models/model.ts';
import { parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const image = { width: 28, height: 28, channels: 1, polarity: 'ink-dark' } as const;
const shape = {
  kind: 'network',
  network: presetById('finn-omniglot-5w1s').config.model,
  image,
  ...{ learnedBy: 'maml', parameters: 1, precision: 'F32', classes: 5, labels: null },
} as unknown as NetworkShape;
const facts = { ...shape, id: 'maml-1', name: 'maml', digest: '', bytes: 1 } as ModelFacts;
const desk: ModelDesk = {
  find: (name) => (name === 'maml' ? facts : null),
  names: () => ['maml'],
  forTrainer: () => {
    throw new Error('not asked');
  },
};
const dataset = (channels: number) => () =>
  ({ kind: 'image-classes', layout: { ...image, channels } }) as unknown as TrainerDataset;

function errorsOf(start: string, model: object = {}, channels = 1): readonly string[] {
  const parsed = parseRunConfig({
    task: { kind: 'image-examples' },
    model: { kind: 'conv4', ...model },
    algorithm: { kind: 'fine-tune-network', start },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return checkStart(desk, parsed.config, dataset(channels)).map(({ message }) => message);
}

describe('the model that a network begins with', () => {
  it('fits where it is the same network, whatever its batch norm; scratch asks for none', () => {
    expect(errorsOf('scratch', { filters: 7 })).toEqual([]);
    expect(errorsOf('maml')).toEqual([]);
    expect(errorsOf('maml', { batchNorm: 'inductive', initialization: 'he-normal' })).toEqual([]);
  });

  it.each([
    [{ filters: 32 }, 'model.filters is 32, but the model "maml" has 64.'],
    [{ downsampling: 'max-pool' }, 'model.downsampling is max-pool, but the model "maml" has stride.'],
    [{ kind: 'mlp' }, 'model.kind is mlp, but the model "maml" is a Conv4-64.'],
  ])('is refused with the field that differs: %j', (model, message) => {
    expect(errorsOf('maml', model)).toEqual([message]);
  });

  it('is refused where it was made for other images, or is not there, with the nearest name', () => {
    expect(errorsOf('maml', {}, 3)[0]).toMatch(/made for images of 28 x 28 with one channel, and these are/);
    expect(errorsOf('mamll')[0]).toMatch(/There is no model "mamll" in the library/);
  });
});
