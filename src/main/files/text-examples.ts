import { basename } from 'node:path';
import { z } from 'zod';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type TextExample, textExampleSchema } from '../../shared/datasets/text.ts';
import { quoted } from './file-error.ts';
import { type LineOptions, readTextLines } from './text-lines.ts';

/** More examples than this are neither imported nor read. */
export const mostTextExamples = 2_000_000;

/** All examples of a dataset, in its order: entry i of each list is of example i. */
export interface TextExamples {
  readonly texts: readonly string[];
  /** Second texts; null where an example has none. */
  readonly pairs: readonly (string | null)[];
  /** Positions in the dataset's label list. */
  readonly labels: readonly (readonly number[])[];
}

/**
 * Reads a dataset's `examples.jsonl` into memory. Throws `bad-file` that names the line when it is damaged,
 * `not-found` when there is none, `too-large` beyond 2,000,000 examples.
 */
export async function readTextExamples(file: string, options: LineOptions = {}): Promise<TextExamples> {
  const texts: string[] = [];
  const pairs: (string | null)[] = [];
  const labels: (readonly number[])[] = [];
  for await (const example of textExamples(file, options)) {
    texts.push(example.text);
    pairs.push(example.pair ?? null);
    labels.push(example.labels);
  }
  return { texts, pairs, labels };
}

/** As `readTextExamples`, one example at a time. */
export async function* textExamples(file: string, options: LineOptions = {}): AsyncGenerator<TextExample> {
  const name = basename(file);
  for await (const { number, text } of readTextLines(file, name, options)) {
    if (number > mostTextExamples) {
      throw new InnerloopError('too-large', `${quoted(name)} holds more than 2,000,000 examples.`);
    }
    yield parseExample(text, name, number);
  }
}

function parseExample(line: string, name: string, number: number): TextExample {
  try {
    return textExampleSchema.parse(JSON.parse(line));
  } catch (thrown) {
    const why = thrown instanceof z.ZodError ? 'is not an example with text and labels' : 'is not JSON';
    throw new InnerloopError('bad-file', `${quoted(name)}, line ${number.toLocaleString('en')}, ${why}.`, {
      cause: thrown,
    });
  }
}
