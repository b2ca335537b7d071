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

const one = { config: presetById('finn-sinusoid').config, seeds: [1], axes: [], existing: 'skip' } as const;
const json = (command: string): unknown => JSON.parse(/<<'END'\n([\s\S]*)\nEND/.exec(command)?.[1] ?? '');

it('is a config and the command that runs it, with the seeds as count or list', () => {
  const { config } = presetById('finn-sinusoid');
  const three = launchCommand({ ...one, config, seeds: [1, 2, 3] }, 'linux');
  expect(json(three)).toEqual({ task: { kind: 'sinusoid' } });
  expect(three).toContain('innerloop run run.json --seeds 3\n');
  expect(launchCommand({ ...one, config, seeds: [4, 9] }, 'linux')).toContain('--seeds 4,9\n');
});

it('puts a single seed into the config, since a count would be read for it', () => {
  const single = launchCommand({ ...one, seeds: [7] }, 'darwin');
  expect(json(single)).toEqual({ task: { kind: 'sinusoid' }, seed: 7 });
  expect(single).not.toContain('--seeds');
});

it('is written for PowerShell on Windows', () => {
  expect(launchCommand(one, 'win32')).toContain('Set-Content');
});

it('sweeps as the terminal does, quoted for its shell, over a config that is written once', () => {
  const axes = [
    { path: 'inner.rate', values: [0.1, 0.5] },
    { path: 'outer.clip', values: [{ kind: 'off' }, { kind: 'norm', limit: 1 }] },
  ];
  const swept = { ...one, seeds: [1, 2, 3], axes, existing: 'again' } as const;
  const command = launchCommand(swept, 'linux');
  expect(json(command)).toEqual({ task: { kind: 'sinusoid' } });
  expect(command).toContain(
    `innerloop run run.json --sweep 'inner.rate=0.1, 0.5' --sweep 'outer.clip=[{"kind":"off"},{"kind":"norm","limit":1}]' --seeds 3 --again\n`,
  );
  const odd = { ...one, axes: [{ path: 'task.dataset', values: ["it's", 'b'] }] };
  expect(launchCommand(odd, 'linux')).toContain(`--sweep 'task.dataset=it'\\''s, b'`);
  expect(launchCommand(odd, 'win32')).toContain(`--sweep 'task.dataset=it''s, b'`);
});
