import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { gradientCases } from './cases.ts';

/** Why autodiff/ exists: a process of its own, since registration is for good. */
describe('stock tfjs gradients', () => {
  const program = path.join(import.meta.dirname, 'stock-gradients.ts');
  const outcomes = JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' })) as Record<
    string,
    string
  >;

  it.each(gradientCases.filter(({ stock }) => stock !== 'right'))(
    '$name: second order is $stock',
    ({ name, stock }) => {
      expect(outcomes[name]).toBe(stock);
    },
  );
});
