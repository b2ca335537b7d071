import { describe, expect, it } from 'vitest';
import { editDistance, nearestWord } from '../../../src/shared/text/nearest-word.ts';

describe('the nearest known word', () => {
  it('is offered for a slip of the fingers and not for another word', () => {
    expect(nearestWord('datsets', ['runs', 'datasets', 'doctor'])).toBe('datasets');
    expect(nearestWord('Omniglto', ['omniglot'])).toBe('omniglot');
    expect(nearestWord('zzzzzz', ['runs', 'doctor'])).toBeUndefined();
    expect(nearestWord('x', [])).toBeUndefined();
  });

  it('counts insertions, deletions and substitutions', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('same', 'same')).toBe(0);
  });
});
