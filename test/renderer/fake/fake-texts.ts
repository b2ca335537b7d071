import type { RequestOf, ResponseOf } from '../../../src/shared/contract/requests.ts';
import type { DatasetSummary } from '../../../src/shared/datasets/dataset.ts';
import { lengthHistogram } from '../../../src/shared/datasets/length-histogram.ts';
import { type ShownText, splitCodes, type TextDetail, type TextPreview } from '../../../src/shared/datasets/text.ts';
import {
  countLabels,
  countTextSplits,
  drawTextSplits,
  type PlannedTexts,
} from '../../../src/shared/datasets/text-splits.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

export const textsId = 'd-mails';
const labelNames = ['ham', 'spam'];
const words =
  'the meeting is on monday please send your report free offer win money now click here dear friend regards project list patch kernel thanks team update account bank'.split(
    ' ',
  );

interface FakeText {
  readonly text: string;
  readonly label: number;
}

/** 2,000 mails of made-up words, a third of them spam. */
const mails: readonly FakeText[] = (() => {
  const random = createRandom(1, 'fake-mails');
  return Array.from({ length: 2000 }, () => {
    const label = random.uniform() < 0.33 ? 1 : 0;
    const length = Math.round(12 * Math.exp(random.normal() * 0.8)) + 3;
    const text = Array.from({ length }, () => words[random.integer(words.length)]!).join(' ');
    return { label, text: `Subject: ${text.slice(0, 24)}\n\n${text}` };
  });
})();

const planned: PlannedTexts = {
  labelNames,
  labels: mails.map(({ label }) => [label]),
  firstEqual: mails.map((_, index) => index),
};
const codes = drawTextSplits(planned, { train: 0.8, validation: 0.1, seed: 1 });
const labelCounts = countLabels(planned, codes);
const lengths = {
  characters: lengthHistogram(mails.map(({ text }) => text.length)),
  words: lengthHistogram(mails.map(({ text }) => text.split(/\s+/).length)),
};

export const textDetail: TextDetail = {
  labels: labelNames,
  labelMode: 'single',
  columns: { text: 'text', pair: null, label: 'label', split: null },
  lengths,
  duplicates: 12,
  contradictions: 1,
  version: { sha256: 'ab', labelCounts, shared: 0, origin: 'drawn by label, 80 / 10 / 10 %, seed 1' },
};

export const textSummary = (now: number): DatasetSummary => ({
  id: textsId,
  name: 'mails',
  kind: 'text-classes',
  origin: 'imported',
  source: 'mails.csv, CSV',
  version: 1,
  sha256: `5be90a77${'0'.repeat(56)}`,
  bytes: 212_000,
  classes: 2,
  examples: 2000,
  layout: null,
  splits: countTextSplits(labelCounts, codes),
  createdAt: now - 86_400_000,
  verifiedAt: null,
  usedByRuns: 0,
  state: 'ready',
});

export function textPage(asking: RequestOf<'datasets.texts'>): ResponseOf<'datasets.texts'> {
  const fitting = mails.flatMap(({ text, label }, index): ShownText[] => {
    const split = splitCodes[codes[index]!]!;
    const fits =
      (asking.split === null || asking.split === split) &&
      (asking.label === null || asking.label === label) &&
      text.toLowerCase().includes(asking.search.toLowerCase());
    return fits ? [{ index, text, pair: null, characters: text.length, labels: [label], split }] : [];
  });
  return { total: fitting.length, texts: fitting.slice(asking.offset, asking.offset + asking.limit) };
}

/** What a picked table of texts would show; sources of other names hold images. */
export function previewOf(source: string, asked: RequestOf<'datasets.preview'>['text']): TextPreview | null {
  if (!/\.(csv|tsv|jsonl)$/.test(source)) return null;
  const text = asked?.text ?? 'text';
  return {
    format: 'csv',
    columns: [
      { name: 'text', distinct: 1000, meanCharacters: 90 },
      { name: 'label', distinct: 2, meanCharacters: 3.3 },
      { name: 'sender', distinct: 311, meanCharacters: 14 },
    ],
    rows: mails.slice(0, 8).map((mail, row) => [mail.text, labelNames[mail.label]!, `person${row}@example.org`]),
    rowsRead: 2000,
    complete: 'yes',
    encoding: { chosen: asked?.encoding ?? 'auto', unit: 'line', counts: [{ encoding: 'utf-8', amount: 2001 }] },
    chosen: {
      text,
      pair: asked?.pair ?? null,
      label: asked?.label ?? 'label',
      splitColumn: asked?.splitColumn ?? null,
      separator: asked?.separator ?? null,
      header: asked?.header ?? 'yes',
      encoding: asked?.encoding ?? 'auto',
    },
    labels: [
      { label: 'ham', examples: mails.filter(({ label }) => label === 0).length },
      { label: 'spam', examples: mails.filter(({ label }) => label === 1).length },
    ],
    labelsTotal: 2,
    lengths,
    problem: text === 'label' ? 'The column "label" was chosen for two things.' : null,
  };
}
