import { describe, expect, it } from 'vitest';
import { parseMetricView } from '../../../src/renderer/app/chart-settings.ts';
import { parseViews } from '../../../src/renderer/app/saved-views.ts';

describe('settings that were stored as text', () => {
  it('keeps the views that are views and leaves out the rest', () => {
    expect(parseViews('[{"name":"Failed","filter":"state:failed"},{"name":1},null]')).toEqual([
      { name: 'Failed', filter: 'state:failed' },
    ]);
    expect(parseViews('not json')).toEqual([]);
    expect(parseViews('{"name":"x"}')).toEqual([]);
  });

  it('reads how a metric is drawn, and refuses what it is not', () => {
    expect(parseMetricView('0.9 log')).toEqual({ smoothing: 0.9, scale: 'log' });
    expect(parseMetricView('1 linear')).toBeNull();
    expect(parseMetricView('0.5 cubic')).toBeNull();
    expect(parseMetricView('')).toBeNull();
  });
});
