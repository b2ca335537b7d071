import { describe, expect, it } from 'vitest';
import { computeVerdict, deviceLines, remediesOf } from '../../../src/renderer/features/first-start/compute-words.ts';
import {
  drawingsConfig,
  glyphsConfig,
  methodWords,
  modelWords,
  sinusoidConfig,
  textsConfig,
  timeWords,
} from '../../../src/renderer/features/first-start/quick-starts.ts';
import type { DoctorItem } from '../../../src/shared/contract/requests.ts';
import { parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { resolveRunName } from '../../../src/shared/run-config/naming.ts';

describe('the quick starts', () => {
  it('are runs that can be launched', () => {
    for (const config of [sinusoidConfig, glyphsConfig, drawingsConfig('mine'), textsConfig([])]) {
      expect(parseRunConfig(config)).toEqual({ ok: true, config });
    }
  });

  it('say with what they learn', () => {
    expect(methodWords(sinusoidConfig)).toBe('MAML, second order');
    expect(modelWords(sinusoidConfig, null)).toBe('MLP 40-40, 1,761 weights');
    expect(modelWords(glyphsConfig, null)).toBe('Conv4-32');
  });

  it('take the smallest pretrained model that is ready for texts, and an encoder from scratch without one', () => {
    const model = (name: string, parameters: number, state: 'ready' | 'unreadable' = 'ready') => ({
      ...{ name, parameters, state },
    });
    const scratch = { kind: 'from-scratch', layers: 2, hiddenSize: 64, heads: 2, vocabulary: 1000 };
    expect(textsConfig([]).model).toMatchObject({ start: scratch });
    expect(textsConfig([model('broken', 1, 'unreadable')]).model).toMatchObject({ start: scratch });
    const config = textsConfig([model('large', 300), model('small', 20), model('broken', 1, 'unreadable')]);
    expect(config).toMatchObject({
      task: { dataset: 'questions' },
      model: { start: { kind: 'pretrained', model: 'small' } },
      algorithm: { epochs: 1, batch: 16 },
    });
    expect(parseRunConfig(config)).toEqual({ ok: true, config });
  });

  it('name a run on one’s own drawings after them', () => {
    expect(resolveRunName(drawingsConfig('My script'))).toBe('maml-my-script-5w1s-s1');
  });

  it('promise a time only from an estimate', () => {
    expect(timeWords(72_000, 'a few minutes')).toBe('about 1 m 12 s');
    expect(timeWords(null, 'a few minutes')).toBe('a few minutes');
  });
});

describe('the compute card', () => {
  const item = (verdict: DoctorItem['verdict'], remedy: string | null = null): DoctorItem => ({
    key: 'xla',
    label: 'XLA',
    value: 'not available',
    verdict,
    remedy,
  });

  it('is as good as the worst part', () => {
    expect(computeVerdict([item('ok')]).look).toBe('ok');
    expect(computeVerdict([item('ok'), item('warning')]).look).toBe('warn');
    expect(computeVerdict([item('missing'), item('warning')]).look).toBe('danger');
  });

  it('says what to do about what is not in order', () => {
    expect(remediesOf([item('ok', 'nothing'), item('missing', 'Set up again.')])).toEqual(['XLA: Set up again.']);
  });

  it('takes the device apart, however it is written', () => {
    expect(deviceLines('CPU: AMD EPYC, 2 cores')).toEqual({ head: 'AMD EPYC, 2 cores', rest: 'CPU, no GPU in use' });
    expect(deviceLines('unknown')).toEqual({ head: 'unknown', rest: '' });
  });
});
