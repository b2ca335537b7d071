import { expect, it } from 'vitest';
import type { Writable } from '../../../src/main/core/store/database.ts';
import { openStore } from '../../../src/main/core/store/open-store.ts';
import { renewRunKeys } from '../../../src/main/core/store/run-keys.ts';
import { getRun } from '../../../src/main/core/store/runs.ts';
import { costKeyOf } from '../../../src/shared/run-config/cost-key.ts';
import { stableJson } from '../../../src/shared/run-config/grouping.ts';
import type { RunConfig } from '../../../src/shared/run-config/schema.ts';
import { configWith, storedRun, temporaryHome, temporaryStore } from './store-for-test.ts';

/** A run of images as it was stored before tasks had augmentation, layers an initialisation, and rates a schedule. */
const oldConfig = {
  name: '',
  tags: [],
  note: '',
  seed: 1,
  device: 'auto',
  task: { kind: 'image-classes', dataset: 'glyphs', way: 5, shot: 1, query: 5, rotations: 'off' },
  model: { kind: 'conv4', filters: 32, downsampling: 'stride', batchNorm: 'transductive' },
  algorithm: { kind: 'maml' },
  inner: { rate: 0.4, steps: 1, lossReduction: 'mean' },
  outer: { optimizer: 'adam', rate: 0.001, metaBatch: 8, iterations: 1000, clip: { kind: 'off' } },
  evaluation: {
    ...{ every: 100, episodes: 60, testSteps: 3, finalEpisodes: 600, finalSplit: 'test', episodeSeed: 1 },
  },
  checkpoints: { every: 250 },
  engine: { mode: 'auto', xla: 'auto', taskBatching: 'auto', stepsPerCall: 0 },
};

/** Stores it with the keys that the older version made of its fields. */
function storedByOlderVersion(db: Writable, id: string): void {
  const { name: _name, tags: _tags, note: _note, seed: _seed, ...counted } = oldConfig;
  storedRun(db, id, {
    config: oldConfig as unknown as RunConfig,
    ...{ groupKey: stableJson(counted), costKey: stableJson(oldConfig.task) },
  });
}

const keysOf = (db: Writable, id: string) =>
  db.handle.prepare('SELECT group_key, cost_key FROM runs WHERE id = ?').get(id) as {
    group_key: string;
    cost_key: string;
  };

it('puts a run that is older than some fields beside a new one of the same meaning, once a store is opened', () => {
  const layout = temporaryHome();
  const before = openStore(layout, 1, 0);
  storedByOlderVersion(before.db, 'old');
  const { seed: _seed, ...asked } = oldConfig;
  storedRun(before.db, 'new', { config: configWith({ ...asked, seed: 2 }) });
  storedRun(before.db, 'other', { config: configWith({ ...asked, inner: { rate: 0.3 } }) });
  before.db.handle.exec(`UPDATE settings SET value = 'an older config' WHERE key = 'run-keys.made-for'`);
  expect(getRun(before.db, 'old')!.groupKey).not.toBe(getRun(before.db, 'new')!.groupKey);
  before.close();

  const { db, close } = openStore(layout, 1, 0);
  expect(getRun(db, 'old')!.groupKey).toBe(getRun(db, 'new')!.groupKey);
  expect(getRun(db, 'other')!.groupKey).not.toBe(getRun(db, 'new')!.groupKey);
  expect(keysOf(db, 'old').cost_key).toBe(costKeyOf(configWith(asked)));
  close();
});

it('leaves stored configs, damaged rows and keys of this version alone', () => {
  const db = temporaryStore();
  storedByOlderVersion(db, 'old');
  storedByOlderVersion(db, 'damaged');
  db.handle.exec(`UPDATE runs SET config = '{"cut o' WHERE id = 'damaged'`);
  const [damaged] = [keysOf(db, 'damaged')];
  renewRunKeys(db, 'this version');
  expect(keysOf(db, 'damaged')).toEqual(damaged);
  expect(db.handle.prepare('SELECT config FROM runs WHERE id = ?').get('old')).toEqual({
    config: JSON.stringify(oldConfig),
  });

  db.handle.exec(`UPDATE runs SET group_key = 'as it is' WHERE id = 'old'`);
  renewRunKeys(db, 'this version');
  expect(keysOf(db, 'old').group_key).toBe('as it is'); // nothing was looked at again
});
