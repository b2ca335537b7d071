import { useEffect, useRef, useState } from 'react';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { AudioPreview } from '../../../shared/datasets/audio.ts';
import type { TablePreview } from '../../../shared/datasets/table.ts';
import type { TextPreview } from '../../../shared/datasets/text.ts';
import { asFailure, previewSource } from '../../app/core.ts';
import { openQuestion, type PreviewQuestion } from './looked-form.ts';

export type Holds = 'images' | 'texts' | 'table' | 'audio';

/** What a picked source holds, as far as is known. */
export type Look =
  | { readonly kind: 'none' | 'looking' | 'images' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'texts'; readonly preview: TextPreview }
  | { readonly kind: 'table'; readonly preview: TablePreview }
  | { readonly kind: 'audio'; readonly preview: AudioPreview };

export interface Looking {
  readonly look: Look;
  /** What the user says the source holds; null: what it seems to hold. */
  readonly taken: Holds | null;
  /** Another question about it; the last answer stays until this one's is here. */
  readonly ask: (question: PreviewQuestion) => void;
  /** Takes the source for something; images are only looked at by their import. */
  readonly take: (holds: Holds, question: PreviewQuestion | null) => void;
}

/** Looks into a source as soon as it is picked, and again as often as it is asked to. */
export function useLook(source: PickedSource | null): Looking {
  const [look, setLook] = useState<Look>({ kind: source ? 'looking' : 'none' });
  const [taken, setTaken] = useState<Holds | null>(null);
  const latest = useRef(0);
  const token = source?.token;

  const askOf = (of: string, question: PreviewQuestion): void => {
    const mine = ++latest.current;
    previewSource({ token: of, ...question }).then(
      (answer) => {
        if (mine !== latest.current) return;
        if (answer.holds === 'images') setLook({ kind: 'images' });
        else setLook({ kind: answer.holds, preview: answer.preview } as Look);
      },
      (thrown) => mine === latest.current && setLook({ kind: 'failed', message: asFailure(thrown).message }),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another source is looked into anew
  useEffect(() => {
    setTaken(null);
    setLook({ kind: token === undefined ? 'none' : 'looking' });
    if (token !== undefined) askOf(token, openQuestion('auto'));
    return () => {
      latest.current++;
    };
  }, [token]);

  return {
    look,
    taken,
    ask: (question) => token !== undefined && askOf(token, question),
    take: (holds, question) => {
      setTaken(holds);
      latest.current++;
      setLook({ kind: question ? 'looking' : 'images' });
      if (question && token !== undefined) askOf(token, question);
    },
  };
}
