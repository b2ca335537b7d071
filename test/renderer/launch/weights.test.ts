import { expect, it } from 'vitest';
import { sizeOfNetwork } from '../../../src/renderer/features/launch/weights.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const layout = { width: 28, height: 28, channels: 1, polarity: 'ink-dark' } as const;

it('counts the MLP of the sinusoid: 1-40-40-1', () => {
  expect(sizeOfNetwork(presetById('finn-sinusoid').config, null)).toEqual({ parameters: 1761, multiplyAdds: 1680 });
});

it('counts Conv4: four blocks of kernel, scale and shift, then a linear layer', () => {
  const { config } = presetById('finn-omniglot-5w1s');
  const blocks = 9 * 64 + 128 + 3 * (9 * 64 * 64 + 128);
  expect(sizeOfNetwork(config, layout)?.parameters).toBe(blocks + 65 * 5);
  const pooled = { ...config, model: { ...config.model, downsampling: 'max-pool' } as typeof config.model };
  expect(sizeOfNetwork(pooled, { ...layout, width: 84, height: 84 })?.parameters).toBe(blocks + (64 * 25 + 1) * 5);
});

it('is unknown while the dataset is', () => {
  expect(sizeOfNetwork(presetById('finn-omniglot-5w1s').config, null)).toBeNull();
});
