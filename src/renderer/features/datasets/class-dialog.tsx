import { useEffect, useState } from 'react';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { request } from '../../app/core.ts';
import { count, plural } from '../../app/format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Pixels } from '../../ui/pixels.tsx';
import { shortName, splitWords } from './splits.ts';

export interface ClassDialogProps {
  readonly dataset: DatasetSummary;
  readonly shown: DatasetClass;
  readonly onClose: () => void;
}

const mostShown = 60;

/** The examples of one class. */
export function ClassDialog({ dataset, shown, onClose }: ClassDialogProps) {
  const examples = Math.min(shown.examples, mostShown);
  const [images, setImages] = useState<ReadonlyMap<number, Uint8Array>>(new Map());
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    let open = true;
    const fetchAll = async (): Promise<void> => {
      for (let example = 0; example < examples && open; example++) {
        const answer = await request('datasets.thumbnails', { id: dataset.id, classes: [shown.index], example });
        const image = answer.pixels[0];
        if (open && image) setImages((known) => new Map(known).set(example, image));
      }
    };
    fetchAll().catch(
      (thrown: unknown) => open && setTrouble(thrown instanceof Error ? thrown.message : String(thrown)),
    );
    return () => {
      open = false;
    };
  }, [dataset.id, shown.index, examples]);
  const { layout } = dataset;
  const title = shown.group === '' ? shown.name : `${shown.group}, ${shortName(shown)}`;
  const more = shown.examples > examples ? `, the first ${count(examples)} shown` : '';
  return (
    <Dialog title={title} onClose={onClose} width={520}>
      <p className="t12 soft">
        {plural(shown.examples, 'example')}
        {more}, in {splitWords[shown.split].toLowerCase()}
      </p>
      {trouble && <p className="t12 soft">{trouble}</p>}
      <div className="examples">
        {Array.from({ length: examples }, (_, example) => example).map((example) => {
          const image = images.get(example);
          return (
            <span key={example} className="tile big">
              {image && layout && (
                <Pixels
                  pixels={image}
                  width={layout.width}
                  height={layout.height}
                  channels={layout.channels}
                  polarity={layout.polarity}
                  label={`Example ${example + 1}`}
                />
              )}
            </span>
          );
        })}
      </div>
    </Dialog>
  );
}
