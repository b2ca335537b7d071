import { describe, expect, it } from 'vitest';
import { completeRunConfig } from '../../../src/shared/run-config/complete.ts';
import { defaultsOfKind } from '../../../src/shared/run-config/kind-defaults.ts';
import {
  algorithmSchema,
  encoderModelSchema,
  encoderStartSchema,
  scheduleSchema,
  trainedPartSchema,
} from '../../../src/shared/run-config/schema.ts';

describe('what a part of another kind starts from', () => {
  it('depends on the part, since an algorithm and the start of an encoder have a kind of the same name', () => {
    expect(defaultsOfKind('algorithm', 'from-scratch')).toEqual({ kind: 'from-scratch' });
    const start = defaultsOfKind('model.start', 'from-scratch');
    expect(encoderStartSchema.parse(start)).toEqual({
      ...{ kind: 'from-scratch', layers: 2, hiddenSize: 128, heads: 2, vocabulary: 8000 },
    });
    expect(defaultsOfKind('model.start', 'pretrained')).toEqual({ kind: 'pretrained' });
    expect(defaultsOfKind('model.start', 'toString')).toEqual({ kind: 'toString' });
  });

  it('is all that its schema wants, but for what only the user knows', () => {
    const parts = [
      ['algorithm', algorithmSchema],
      ['model.trained', trainedPartSchema],
      ['outer.schedule', scheduleSchema],
    ] as const;
    for (const [path, schema] of parts) {
      const kinds = schema.options.map((option) => [...option.shape.kind.values][0]!);
      for (const kind of kinds) expect(schema.safeParse(defaultsOfKind(path, kind)).error?.message).toBeUndefined();
    }
    expect(encoderModelSchema.safeParse(defaultsOfKind('model', 'encoder')).success).toBe(true);
  });

  it('is found by the path when a partial config is completed', () => {
    const task = { kind: 'text-classes', dataset: 'mails' };
    const trained = { kind: 'lora', rank: 4 };
    const texts = completeRunConfig({
      task,
      model: { kind: 'encoder', start: { kind: 'from-scratch', layers: 1 }, trained },
    });
    expect(texts.model).toMatchObject({
      start: { kind: 'from-scratch', layers: 1, hiddenSize: 128, heads: 2, vocabulary: 8000 },
      trained: { kind: 'lora', rank: 4, alpha: 16 },
    });
    expect(completeRunConfig({ algorithm: { kind: 'from-scratch' } }).algorithm).toEqual({ kind: 'from-scratch' });
  });
});
