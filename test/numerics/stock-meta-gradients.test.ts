import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** The same fixtures without autodiff/, in a process of its own, since registration is for good. */
describe('second-order meta-gradients on stock tfjs', () => {
  const program = path.join(import.meta.dirname, 'stock-meta-gradients.ts');
  const outcomes = JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' })) as Record<
    string,
    (number | string)[]
  >;

  it.each(['mlp-tanh-cross-entropy', 'mlp-softplus-cross-entropy', 'mlp-sigmoid-cross-entropy'])(
    '%s: silently wrong by more than 1 %%',
    (name) => {
      for (const error of outcomes[name]!) expect(error).toBeGreaterThan(0.01);
    },
  );

  it.each([
    'conv4-stride-transductive',
    'conv4-stride-inductive',
    'conv4-max-pool-transductive',
    'conv4-max-pool-inductive',
  ])('%s: throws, for want of a gradient', (name) => {
    for (const error of outcomes[name]!) expect(error).toMatch(/gradient function not found/);
  });

  it('mlp-relu-sinusoid: right, so that a sinusoid test alone would reveal nothing', () => {
    for (const error of outcomes['mlp-relu-sinusoid']!) expect(error).toBeLessThan(1e-4);
  });
});
