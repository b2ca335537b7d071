import { describe, expect, it } from 'vitest';
import { type ParsedFilter, parseFilter } from '../../../src/shared/runs/filter.ts';
import type { FilterNode } from '../../../src/shared/runs/filter-tree.ts';

const now = new Date(2026, 10, 24, 15, 0).getTime();
const parse = (text: string): ParsedFilter => parseFilter(text, now);
const tree = (text: string): FilterNode | null => {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
};

/** A tree as one line, to compare shapes. */
function line(node: FilterNode | null): string {
  if (node === null) return '';
  switch (node.kind) {
    case 'words':
      return node.text;
    case 'not':
      return `not ${line(node.part)}`;
    case 'field': {
      const values = node.values.map((value) =>
        value.kind === 'text' ? value.text : value.kind === 'number' ? value.number : `${value.from}..${value.to}`,
      );
      return `${node.field.name} ${node.comparison} ${values.join('|')}`;
    }
    default:
      return `(${node.parts.map(line).join(` ${node.kind} `)})`;
  }
}

describe('the filter language', () => {
  it.each([
    ['', ''],
    ['   ', ''],
    ['omniglot', 'omniglot'],
    ['"two words" third', '(two words and third)'],
    ['state:completed,failed', 'state is completed|failed'],
    ['STATE:Completed', 'state is completed'],
    ['a b or c d', '((a and b) or (c and d))'],
    ['a and b', '(a and b)'],
    ['a (b or c)', '(a and (b or c))'],
    ['-state:failed', 'not state is failed'],
    ['-(a or b)', 'not (a or b)'],
    ['--a', 'not not a'],
    ['inner.rate>0.01', 'inner.rate more 0.01'],
    ['inner.rate>=1e-3 seed<=60k', '(inner.rate at-least 0.001 and seed at-most 60000)'],
    ['best>40%', 'best more 0.4'],
    ['best>0.40', 'best more 0.4'],
    ['accuracy:57%', 'accuracy is 0.57'],
    ['seed=3', 'seed is 3'],
    ['seed!=3', 'seed is-not 3'],
    ['name:"my run"', 'name is my run'],
    ['validation/accuracy.max>=0.9', 'validation/accuracy.max at-least 0.9'],
    ['duration>90s', 'duration more 90000'],
    ['duration<1.5h', 'duration less 5400000'],
    ['algorithm:maml', 'algorithm is maml'],
    ['run-3', 'run-3'],
    ['100%', '100%'],
  ])('reads %j', (text, shape) => {
    expect(line(tree(text))).toBe(shape);
  });

  it('reads days as ranges in local time', () => {
    const day = new Date(2026, 10, 23).getTime();
    const next = new Date(2026, 10, 24).getTime();
    expect(line(tree('created:2026-11-23'))).toBe(`created is ${day}..${next}`);
    expect(line(tree('created:yesterday'))).toBe(`created is ${day}..${next}`);
    expect(line(tree('created:7d'))).toBe(`created is ${now - 7 * 86_400_000}..${now + 1}`);
  });

  it.each([
    ['stat:failed', 'There is no field stat.', /^state,/, 0, 4],
    ['a sede:1', 'There is no field sede.', /^seed,/, 2, 4],
    ['state:done', 'state is never done.', /queued, starting/, 6, 4],
    ['state:complete', 'state is never complete.', /^completed;/, 6, 8],
    ['seed:abc', 'abc is no number.', /a number/, 5, 3],
    ['duration>5', '5 is no duration.', /90s/, 9, 1],
    ['created:soon', 'soon is no date.', /today/, 8, 4],
    ['name>x', 'name has no order.', /name:value/, 0, 6],
    ['seed:', 'seed has no value here.', /seed:value/, 0, 5],
    ['state:a,,b', 'state has no value here.', /state:value/, 0, 8],
    ['(a', 'This bracket is not closed.', /closing/, 0, 1],
    ['a)', 'This bracket closes nothing.', /opening/, 1, 1],
    ['"abc', 'This quote is not closed.', /closing quote/, 0, 4],
    ['a or', 'Something is missing here.', /a word/, 3, 1],
    ['or a', 'Something is missing here.', /a word/, 0, 2],
    ['()', 'Something is missing here.', /a word/, 1, 1],
  ])('says what is wrong with %j and where', (text, message, expected, at, length) => {
    expect(parse(text)).toEqual({
      ok: false,
      error: { message, expected: expect.stringMatching(expected), at, length },
    });
  });

  it('never throws, whatever is typed', () => {
    const pieces = [
      'a',
      ':',
      '"',
      '(',
      ')',
      '-',
      ' ',
      'or',
      'state',
      'seed',
      '>',
      '<=',
      ',',
      '40%',
      '\\',
      "'",
      '%',
      '_',
    ];
    let state = 1;
    const next = (bound: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % bound;
    };
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: next(12) }, () => pieces[next(pieces.length)]).join('');
      const parsed = parse(text);
      if (!parsed.ok) {
        expect(parsed.error.at).toBeGreaterThanOrEqual(0);
        expect(parsed.error.at + parsed.error.length).toBeLessThanOrEqual(Math.max(1, text.length));
      }
    }
  });
});
