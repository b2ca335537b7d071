import { expect, it } from 'vitest';
import { launchCommand, shortConfig } from '../../../src/renderer/features/launch/command.ts';
import { completeRunConfig } from '../../../src/shared/run-config/complete.ts';
import { presetById, presets } from '../../../src/shared/run-config/presets.ts';
import { runConfigSchema } from '../../../src/shared/run-config/schema.ts';

it.each(presets.map(({ id }) => id))('writes of %s only what completing does not fill in', (id) => {
  const { config } = presetById(id);
  const mine = { ...config, note: 'why', outer: { ...config.outer, clip: { kind: 'norm', limit: 2 } as const } };
  expect(completeRunConfig(shortConfig(mine))).toEqual(mine);
});

it('completes another network than the preset’s', () => {
  const { config } = presetById('finn-omniglot-5w1s');
  const mlp = {
    ...config,
    model: {
      kind: 'mlp' as const,
      hidden: [32],
      activation: 'tanh' as const,
      initialization: 'glorot-uniform' as const,
    },
  };
  expect(completeRunConfig(shortConfig(mlp))).toEqual(mlp);
});

it('names another algorithm than the preset’s, whose paper completes the rest', () => {
  const config = runConfigSchema.parse(
    completeRunConfig({ task: { kind: 'image-classes' }, algorithm: { kind: 'reptile' } }),
  );
  expect(shortConfig(config)).toEqual({ task: { kind: 'image-classes' }, algorithm: { kind: 'reptile' } });
  expect(completeRunConfig(shortConfig(config))).toEqual(config);
});

const json = (command: string): unknown => JSON.parse(/<<'END'\n([\s\S]*)\nEND/.exec(command)?.[1] ?? '');

it('is a config and the command that runs it, with the seeds as count or list', () => {
  const { config } = presetById('finn-sinusoid');
  const three = launchCommand(config, [1, 2, 3], 'linux');
  expect(json(three)).toEqual({ task: { kind: 'sinusoid' } });
  expect(three).toContain('innerloop run run.json --seeds 3\n');
  expect(launchCommand(config, [4, 9], 'linux')).toContain('--seeds 4,9\n');
});

it('puts a single seed into the config, since a count would be read for it', () => {
  const one = launchCommand(presetById('finn-sinusoid').config, [7], 'darwin');
  expect(json(one)).toEqual({ task: { kind: 'sinusoid' }, seed: 7 });
  expect(one).not.toContain('--seeds');
});

it('is written for PowerShell on Windows', () => {
  expect(launchCommand(presetById('finn-sinusoid').config, [1], 'win32')).toContain('Set-Content');
});
