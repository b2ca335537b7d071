import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appEnvironment, runtimeRecord, tensorflowEnvironment } from '../../scripts/runtime-env.mjs';
import { amendRecord } from '../../scripts/setup/record.mjs';
import { trainerEnvironment } from '../../src/main/files/tensorflow-env.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('tests load TensorFlow with the environment of a trainer on the CPU', () => {
  expect(tensorflowEnvironment).toEqual(trainerEnvironment({ device: 'cpu' }));
});

test('the record says what is set up, and before the first set-up what to run', async () => {
  const root = temporaryFolder();
  expect(() => runtimeRecord(root)).toThrow(/npm run setup/);
  const modules = join(root, 'node_modules');
  const tensorflow = { version: '2.21.0', flavour: 'cpu' as const, libDir: '/lib' };
  await amendRecord(modules, { node: { path: '/node', version: '24.21.0' }, tensorflow });
  await amendRecord(modules, { addon: { path: '/addon.node' } });
  const record = runtimeRecord(root);
  expect(record).toEqual({
    node: { path: '/node', version: '24.21.0' },
    electron: null,
    tensorflow,
    addon: { path: '/addon.node' },
  });
  expect(appEnvironment(record, { A: 'b' })).toEqual({ A: 'b', INNERLOOP_NODE: '/node' });
});
