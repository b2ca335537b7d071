import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { count, plural } from '../../app/format.ts';
import type { IconName } from '../../ui/icon.tsx';

type Kind = DatasetSummary['kind'];

export const kindIcons: Readonly<Record<Kind, IconName>> = {
  generated: 'sine',
  'image-classes': 'image',
  'text-classes': 'text',
  'table-classes': 'table',
  'audio-classes': 'audio',
};

/** What one example of a dataset is called; all of them take an s. */
export const exampleNouns: Readonly<Record<Kind, string>> = {
  generated: 'example',
  'image-classes': 'image',
  'text-classes': 'text',
  'table-classes': 'row',
  'audio-classes': 'clip',
};

/** What a class of it is called, by itself and in number. */
export const classWords = (kind: Kind, amount: number): string =>
  kind === 'image-classes' ? plural(amount, 'class', 'classes') : plural(amount, 'label');

/** Images are split by class, all other stored examples one by one. */
export const splitUnit = (kind: Kind): 'classes' | 'examples' => (kind === 'image-classes' ? 'classes' : 'examples');

/** In the line under a dataset's name. */
export function kindWords({ kind, layout, classes }: Pick<DatasetSummary, 'kind' | 'layout' | 'classes'>): string {
  switch (kind) {
    case 'generated':
      return 'Generated';
    case 'image-classes':
      return layout ? `Images ${layout.width} × ${layout.height}` : 'Images';
    case 'text-classes':
      return `Text, ${classWords(kind, classes)}`;
    case 'table-classes':
      return `Table, ${classWords(kind, classes)}`;
    case 'audio-classes':
      return `Audio, ${classWords(kind, classes)}`;
  }
}

/** How many examples an earlier one equals. */
export function equalWords(
  { duplicates, contradictions }: { readonly duplicates: number; readonly contradictions: number },
  noun: string,
): string {
  if (duplicates === 0) return `no ${noun} is there twice`;
  const torn = contradictions === 0 ? '' : `, ${count(contradictions)} of them with other labels`;
  return `${plural(duplicates, `${noun} is`, `${noun}s are`)} there again${torn}`;
}
