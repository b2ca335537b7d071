import { createHash } from 'node:crypto';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import { lengthHistogram } from '../../../../shared/datasets/length-histogram.ts';
import type { TextLengths } from '../../../../shared/datasets/text.ts';
import { naturalOrder } from '../../../../shared/text/natural-order.ts';
import { quoted } from '../../../files/file-error.ts';
import { mostTextExamples } from '../../../files/text-examples.ts';
import type { ReadExample } from './read-example.ts';

const mostLabels = 1000;

/** What is known of all examples together, gathered one example at a time: no text is kept. */
export interface Survey {
  add(example: ReadExample): void;
  readonly examples: number;
  /** Different labels so far. */
  readonly labelsFound: number;
  finish(): SurveyedTexts;
}

export interface SurveyedTexts {
  /** In natural order. */
  readonly labelNames: readonly string[];
  /** Positions in `labelNames`, ascending; entry i of this and the next two is of example i. */
  readonly labels: readonly (readonly number[])[];
  readonly firstEqual: Int32Array;
  /** Split codes; empty where none were given. */
  readonly given: Uint8Array<ArrayBuffer>;
  readonly lengths: TextLengths;
  readonly duplicates: number;
  readonly contradictions: number;
}

/** Throws `too-large` beyond 2,000,000 examples and `bad-file` beyond 1,000 labels. */
export function createSurvey(sourceName: string): Survey {
  const found = new Map<string, number>(); // label -> number in the order of appearance
  const labels: number[][] = [];
  const firstEqual: number[] = [];
  const firsts = new Map<string, number>(); // digest of text and pair -> first example
  const given: number[] = [];
  const characters: number[] = [];
  const words: number[] = [];
  const numberOf = (label: string): number => {
    const number = found.get(label) ?? found.size;
    found.set(label, number);
    return number;
  };
  return {
    add({ text, pair, labels: names, split }) {
      const example = labels.length;
      if (example >= mostTextExamples) {
        throw new InnerloopError('too-large', `${quoted(sourceName)} holds more than 2,000,000 examples.`);
      }
      labels.push(names.map(numberOf));
      if (found.size > mostLabels) throw tooManyLabels(sourceName);
      const digest = createHash('sha256')
        .update(text)
        .update('\0')
        .update(pair ?? '')
        .digest('base64');
      const first = firsts.get(digest) ?? example;
      firsts.set(digest, first);
      firstEqual.push(first);
      if (split !== null) given.push(split);
      characters.push(text.length + (pair?.length ?? 0));
      words.push(countWords(text) + (pair === null ? 0 : countWords(pair)));
    },
    get examples() {
      return labels.length;
    },
    get labelsFound() {
      return found.size;
    },
    finish() {
      const labelNames = [...found.keys()].sort(naturalOrder);
      const place = new Map(labelNames.map((name, position) => [found.get(name)!, position]));
      const placed = labels.map((numbers) => numbers.map((number) => place.get(number)!).sort((a, b) => a - b));
      return {
        labelNames,
        labels: placed,
        firstEqual: Int32Array.from(firstEqual),
        given: Uint8Array.from(given),
        lengths: { characters: lengthHistogram(characters), words: lengthHistogram(words) },
        ...countEquals(placed, firstEqual),
      };
    },
  };
}

const tooManyLabels = (name: string): InnerloopError =>
  new InnerloopError(
    'bad-file',
    `${quoted(name)} has more than 1,000 different labels. Is this the column of the labels?`,
  );

function countEquals(labels: readonly (readonly number[])[], firstEqual: readonly number[]) {
  let duplicates = 0;
  let contradictions = 0;
  firstEqual.forEach((first, example) => {
    if (first === example) return;
    duplicates += 1;
    if (labels[first]!.join() !== labels[example]!.join()) contradictions += 1;
  });
  return { duplicates, contradictions };
}

/** Stretches between white space. */
function countWords(text: string): number {
  let words = 0;
  for (const _ of text.matchAll(/\S+/g)) words += 1;
  return words;
}
