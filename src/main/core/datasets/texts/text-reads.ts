import type { RequestOf, ResponseOf } from '../../../../shared/contract/requests.ts';
import { type ShownText, splitCodes, type TextDetail, type TextExample } from '../../../../shared/datasets/text.ts';
import { textExamples } from '../../../files/text-examples.ts';
import { examplesFile } from '../dataset-folder.ts';
import type { DatasetStore, StoredTextDataset } from '../dataset-store.ts';
import { newestVersion, readSplitCodes } from '../example-versions.ts';

/** Facts of a dataset of texts at its newest version. */
export function textDetail(store: DatasetStore, dataset: StoredTextDataset): TextDetail {
  return { ...dataset.text, version: newestVersion(store, dataset) };
}

const shownCharacters = 2000;

/** A page of the texts that fit split, label and search, and how many fit; the file is read once through. */
export async function readTexts(
  folder: string,
  dataset: StoredTextDataset,
  request: RequestOf<'datasets.texts'>,
): Promise<ResponseOf<'datasets.texts'>> {
  const { offset, limit } = request;
  const codes = await readSplitCodes(folder, dataset, dataset.version);
  const fits = filterOf(request);
  const texts: ShownText[] = [];
  let total = 0;
  let index = 0;
  for await (const example of textExamples(examplesFile(folder, dataset.id))) {
    const split = splitCodes[codes[index] ?? 3]!;
    if (fits(example, split)) {
      if (total >= offset && texts.length < limit) texts.push(shown(example, index, split, request.search));
      total += 1;
    }
    index += 1;
  }
  return { total, texts };
}

type Fits = (example: TextExample, split: ShownText['split']) => boolean;

function filterOf({ split, label, search }: RequestOf<'datasets.texts'>): Fits {
  const wanted = search.trim().toLowerCase();
  return (example, itsSplit) =>
    (split === null || itsSplit === split) &&
    (label === null || example.labels.includes(label)) &&
    (wanted === '' || example.text.toLowerCase().includes(wanted) || !!example.pair?.toLowerCase().includes(wanted));
}

function shown(
  { text, pair, labels }: TextExample,
  index: number,
  split: ShownText['split'],
  search: string,
): ShownText {
  const wanted = search.trim().toLowerCase();
  return {
    index,
    text: excerpt(text, wanted),
    pair: pair === undefined ? null : excerpt(pair, wanted),
    characters: text.length + (pair?.length ?? 0),
    labels,
    split,
  };
}

/** The beginning, or where the search found something further on, the surroundings of that. */
function excerpt(text: string, wanted: string): string {
  const found = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted);
  const start = found > shownCharacters - 200 ? found - 200 : 0;
  return `${start > 0 ? '…' : ''}${text.slice(start, start + shownCharacters)}`;
}
