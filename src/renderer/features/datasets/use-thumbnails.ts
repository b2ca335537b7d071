import { useEffect, useRef, useState } from 'react';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { request } from '../../app/core.ts';

export interface Thumbnails {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** First example of a class, by class index. */
  readonly pixels: ReadonlyMap<number, Uint8Array>;
}

const atOnce = 120;
const none: Thumbnails = { width: 1, height: 1, channels: 1, pixels: new Map() };

/** Fetches the images of the wanted classes that are not here yet; what was fetched stays while the dataset is shown. */
export function useThumbnails(dataset: DatasetSummary, wanted: readonly number[]): Thumbnails {
  const key = `${dataset.id} ${dataset.sha256}`;
  const [known, setKnown] = useState<{ key: string; thumbnails: Thumbnails }>({ key, thumbnails: none });
  const current = known.key === key ? known.thumbnails : none;
  const asked = useRef({ key, classes: new Set<number>() });
  const missing = wanted.filter((index) => !current.pixels.has(index)).join(' ');

  useEffect(() => {
    if (asked.current.key !== key) asked.current = { key, classes: new Set() };
    const { classes } = asked.current;
    const next = missing.split(' ').filter(Boolean).map(Number);
    const open = next.filter((index) => !classes.has(index)).slice(0, atOnce);
    if (open.length === 0) return;
    for (const index of open) classes.add(index);
    request('datasets.thumbnails', { id: dataset.id, classes: open, example: 0 }).then(
      ({ width, height, channels, pixels }) =>
        setKnown((before) => {
          const together = new Map(before.key === key ? before.thumbnails.pixels : []);
          open.forEach((index, place) => {
            const image = pixels[place];
            if (image) together.set(index, image);
          });
          return { key, thumbnails: { width, height, channels, pixels: together } };
        }),
      () => undefined, // the tiles stay empty; the dataset's own state says why
    );
  }, [key, dataset.id, missing]);
  return current;
}
