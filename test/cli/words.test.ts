import { describe, expect, it } from 'vitest';
import {
  bytes,
  duration,
  evaluationWords,
  measurement,
  protocolSentence,
  shortProtocol,
} from '../../src/main/cli/words.ts';
import { presetById } from '../../src/shared/run-config/presets.ts';
import { protocolOf } from '../../src/shared/runs/protocol.ts';
import { count, significant, withInterval } from '../../src/shared/text/number-words.ts';
import { evaluation } from './harness.ts';

describe('numbers for people', () => {
  it('have three significant digits', () => {
    expect([0.71234, 1834.4, 12.345, 0, -0.5, 1e-5, 2e8, Number.NaN].map((value) => significant(value))).toEqual([
      '0.712',
      '1834',
      '12.3',
      '0',
      '-0.5',
      '1.00e-5',
      '2.00e+8',
      'NaN',
    ]);
    expect(count(38_240)).toBe('38,240');
  });

  it('share their decimals with their interval', () => {
    expect(withInterval(0.835, 0.1)).toBe('0.835 ± 0.100');
    expect(withInterval(4.3211, 0.3749)).toBe('4.32 ± 0.37');
    expect(withInterval(123.4, 5.6)).toBe('123 ± 6');
    expect(withInterval(0.0001, 0.00002)).toBe('1.00e-4 ± 2.00e-5');
    expect(withInterval(0, 0.01)).toBe('0.0000 ± 0.0100');
  });

  it('are times and sizes with their units', () => {
    expect([340, 59_400, 72_000, 7_500_000].map(duration)).toEqual(['0.3 s', '59 s', '1 m 12 s', '2 h 05 m']);
    expect([999, 23_304, 2_132_480, 273_829_956].map(bytes)).toEqual(['999 bytes', '23 KB', '2.1 MB', '274 MB']);
  });
});

describe('measurements', () => {
  it('carry their interval and what they measure', () => {
    expect(measurement('accuracy', 0.951, 0.0031)).toBe('95.1 ± 0.3 %');
    expect(evaluationWords(evaluation())).toBe('0.600 ± 0.040 mean squared error');
  });

  it('are never without their protocol', () => {
    const { config } = presetById('finn-omniglot-5w1s');
    const dataset = { id: 'd', name: 'omniglot-small2', version: 2, digest: 'x' };
    const protocol = protocolOf(config, dataset, 'test', 600);
    expect(shortProtocol(protocol)).toBe('5w1s q1 · 600 ep · test · transductive · 3 steps');
    expect(protocolSentence(protocol)).toBe(
      '5-way 1-shot, 1 query a class; 600 episodes of seed 1, test classes of omniglot-small2 v2; transductive batch norm; ' +
        '3 inner steps of rate 0.4 on the mean loss; second-order meta-gradient; 95 % CI over episodes',
    );
  });
});
