import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';

export interface FileDropProps {
  readonly ready: boolean;
  readonly button: React.RefObject<HTMLButtonElement | null>;
  readonly onFile: (file: File) => void;
  /** "an image". */
  readonly what: string;
  /** Media types, as an input of files takes them. */
  readonly accept: string;
  /** Read by screen readers: "Image to classify". */
  readonly label: string;
}

/** A place to drop a file on, or to paste one into; its button chooses one. */
export function FileDrop({ ready, button, onFile, what, accept, label }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const [file] = files ?? [];
    if (ready && file) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation(); // a dataset is dropped on the page, an example here
    setOver(false);
    take(event.dataTransfer.files);
  };
  const paste = (event: ClipboardEvent): void => take(event.clipboardData.files);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way in; the button is the other
    <div
      className={classNames('file-drop', over && 'over')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onPaste={paste}
    >
      <Button
        ref={button}
        size="small"
        icon="plus"
        unavailable={!ready}
        onClick={() => ready && input.current?.click()}
      >
        {`Choose ${what}…`}
      </Button>
      <span className="muted t11">{ready ? 'or drop or paste one here' : 'Ready when the run has ended'}</span>
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = ''; // so that the same file can be chosen again
        }}
      />
    </div>
  );
}
