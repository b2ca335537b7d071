import { useEffect, useRef, useState } from 'react';
import type { ResponseOf } from '../../../shared/contract/requests.ts';
import { type AskedImage, largestImageFile } from '../../../shared/runs/prediction.ts';
import { asFailure, request } from '../../app/core.ts';
import { bytes } from '../../app/format.ts';

export type ImageAnswer = ResponseOf<'runs.predict-images'>;

export interface TryImage {
  /** The image asked of last; null before the first. */
  readonly name: string | null;
  readonly asking: 'yes' | 'no';
  readonly answer: ImageAnswer | null;
  readonly failure: string | null;
  readonly ask: (image: AskedImage) => void;
  /** Reads a file that was chosen, dropped or pasted, and asks of it. */
  readonly askFile: (file: File) => void;
}

/** Asks what a run says of one image at a time; an answer that comes after a later question is dropped. */
export function useTryImage(id: string): TryImage {
  const [state, setState] = useState<Pick<TryImage, 'name' | 'asking' | 'answer' | 'failure'>>(nothing);
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current += 1; // nobody waits for an answer any more
    },
    [],
  );
  const about = async (name: string, image: () => Promise<AskedImage>): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    setState((before) => ({ ...before, name, asking: 'yes', failure: null }));
    let found: Pick<TryImage, 'answer' | 'failure'>;
    try {
      found = { answer: await request('runs.predict-images', { id, images: [await image()] }), failure: null };
    } catch (thrown) {
      found = { answer: null, failure: asFailure(thrown).message };
    }
    if (turn.current === mine) setState({ name, asking: 'no', ...found });
  };
  return {
    ...state,
    ask: (image) => void about(image.name, async () => image),
    askFile: (file) => void about(file.name, () => imageOf(file)),
  };
}

const nothing = { name: null, asking: 'no', answer: null, failure: null } as const;

async function imageOf(file: File): Promise<AskedImage> {
  if (file.size === 0) throw new Error(`"${file.name}" is empty.`);
  if (file.size > largestImageFile) {
    throw new Error(`"${file.name}" has ${bytes(file.size)}; an image may have ${bytes(largestImageFile)}.`);
  }
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
