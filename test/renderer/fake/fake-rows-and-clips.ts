import type { RequestHandlers } from '../../../src/shared/contract/requests.ts';
import type { TableColumn } from '../../../src/shared/datasets/table.ts';

/** Made-up columns, and answers about rows and clips. */
export const fakeColumns: readonly TableColumn[] = [
  { kind: 'category', name: 'city', categories: ['Bonn', 'Lyon', 'Rome'], missing: 3 },
  ...Array.from({ length: 29 }, (_, index): TableColumn => {
    const name = ['radius', 'texture', 'smoothness'][index] ?? `measure ${index + 1}`;
    return { kind: 'number', name, least: index, mean: 14.1 + index, most: 28.11 + index, missing: 0 };
  }),
];

export const fakeRow = (position: number): (string | null)[] =>
  fakeColumns.map((column, index) => {
    if ((position + index) % 17 === 0) return null;
    return column.kind === 'category'
      ? column.categories[position % column.categories.length]!
      : String(Math.round(100 * (column.mean + Math.sin(position + index))) / 100);
  });

/** A tone that fades. */
export const fakeWaveform = (): Int16Array<ArrayBuffer> =>
  Int16Array.from({ length: 4000 }, (_, at) => 20_000 * Math.exp(-at / 1200) * Math.sin(at / 4));

const facts = { labelMode: 'single', iteration: 240, maxLength: null, computeMs: 3.4 } as const;

export const fakeRowAndClipHandlers: Pick<
  RequestHandlers,
  'runs.predict-rows' | 'runs.table-columns' | 'runs.predict-audio' | 'datasets.clip'
> = {
  'runs.table-columns': () => ({ columns: [...fakeColumns] }),
  'runs.predict-rows': ({ rows }) => ({
    ...{ ...facts, labels: ['benign', 'malignant'] },
    predictions: rows.map((row) => {
      const sure = Number(row.radius) > 20 ? 0.97 : 0.06;
      return { labels: [sure > 0.5 ? 'malignant' : 'benign'], probabilities: [1 - sure, sure], tokens: null };
    }),
    notes: rows.some((row) => row.city === null) ? ['Without a value, "city" counts as missing.'] : [],
  }),
  'runs.predict-audio': ({ clips }) => ({
    ...{ ...facts, labels: ['one', 'seven'] },
    predictions: clips.map(() => ({ labels: ['seven'], probabilities: [0.12, 0.88], tokens: null })),
    heard: clips.map(() => ({ rate: 8000, samples: fakeWaveform(), seconds: 0.42 })),
    notes: clips.map(
      ({ name }) => `"${name}" was followed by silence from 0.42 s to 0.5 s, as the clips of the dataset were.`,
    ),
  }),
  'datasets.clip': () => ({ rate: 8000, samples: fakeWaveform() }),
};
