import type { ImageTaskSource } from '../../src/main/learning/tasks/task-source.ts';

const side = 28;
const classes = 20;
const examples = 20;

/** Gray images, which take the same memory as drawings: ten classes to train on, ten to validate. */
export const grayImages = (): ImageTaskSource => ({
  kind: 'image-classes',
  layout: { width: side, height: side, channels: 1, polarity: 'ink-dark' },
  pixels: new Uint8Array(classes * examples * side * side).fill(99),
  classes: Array.from({ length: classes }, (_, index) => ({
    index,
    name: `class ${index}`,
    group: '',
    firstExample: index * examples,
    examples,
    split: index < classes / 2 ? ('train' as const) : ('validation' as const),
  })),
});
