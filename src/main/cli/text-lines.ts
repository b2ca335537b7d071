import type { LengthHistogram, TextDetail } from '../../shared/datasets/text.ts';
import { encodingNote, encodingWords } from '../../shared/datasets/text-encoding.ts';
import { count } from '../../shared/text/number-words.ts';
import { tableLines } from './table.ts';

const labelsListed = 40;
const splitNames = ['train', 'validation', 'test', 'unused'] as const;

/** What a terminal shows of a dataset of texts: columns, lengths, equal texts, labels. */
export function textLines(detail: TextDetail, labels: 'all' | 'some'): string[] {
  const { columns, labelMode, lengths, duplicates, contradictions, version, encoding } = detail;
  const note = encoding ? encodingNote(encoding) : null;
  const pair = columns.pair === null ? '' : ` and ${columns.pair}`;
  const equal = contradictions === 0 ? '' : `, ${count(contradictions)} of them with other labels`;
  return [
    `  columns     text: ${columns.text}${pair}; ${labelMode === 'multi' ? 'several labels' : 'label'}: ${columns.label}`,
    ...(encoding ? [`  encoding    ${encodingWords(encoding)}`] : []),
    ...(note === null ? [] : [`  note        ${note}`]),
    `  splits      ${version.origin}`,
    `  characters  ${lengthWords(lengths.characters)}`,
    `  words       ${lengthWords(lengths.words)}`,
    ...(duplicates === 0 ? [] : [`  equal       ${texts(duplicates)} there again${equal}`]),
    ...(version.shared === 0 ? [] : [`  warning     ${texts(version.shared)} in more than one split`]),
    '',
    ...labelLines(detail, labels),
  ];
}

/** "1 text is", "3 texts are". */
const texts = (amount: number): string => (amount === 1 ? '1 text is' : `${count(amount)} texts are`);

const lengthWords = ({ least, median, p95, most }: LengthHistogram): string =>
  `median ${count(median)}, 95 of 100 at most ${count(p95)}; ${count(least)} to ${count(most)}`;

/** Labels with their examples in each split. */
export function labelLines({ version }: Pick<TextDetail, 'version'>, labels: 'all' | 'some'): string[] {
  const listed = labels === 'all' ? version.labelCounts : version.labelCounts.slice(0, labelsListed);
  const lines = tableLines(
    [
      { title: 'label', cells: listed.map(({ label }) => label) },
      ...splitNames.map((name) => ({
        title: name,
        align: 'right' as const,
        cells: listed.map((counts) => (counts[name] === 0 ? '' : count(counts[name]))),
      })),
    ],
    Number.POSITIVE_INFINITY,
  );
  const more = version.labelCounts.length - listed.length;
  return more === 0 ? lines : [...lines, `and ${count(more)} more labels (--classes lists all)`];
}
