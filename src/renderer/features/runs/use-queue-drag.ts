import { type PointerEvent, useEffect, useState } from 'react';

export interface Drag {
  readonly id: string;
  /** Landing place in the queue, 1 is the front. */
  readonly place: number;
}

export interface DragRows {
  /** Ids of the queue, front first. */
  readonly ids: readonly string[];
  /** Pixels from the top of the scrolled content to the first queued row, and height of a row. */
  readonly top: number;
  readonly rowHeight: number;
  /** Where the scrolled content begins on the screen. */
  readonly contentTop: () => number;
}

/** Place where a row lands whose middle is so far below the first row's top. */
export const landingPlace = (offset: number, rowHeight: number, length: number): number =>
  Math.min(length, Math.max(1, Math.floor(offset / rowHeight) + 1));

/** Dragging a queued run by its grip; Esc cancels. */
export function useQueueDrag(rows: DragRows, onDrop: (id: string, place: number) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  useEffect(() => {
    if (!drag) return;
    const cancel = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setDrag(null);
    };
    window.addEventListener('keydown', cancel, true);
    return () => window.removeEventListener('keydown', cancel, true);
  }, [drag]);
  const placeOf = (event: PointerEvent): number =>
    landingPlace(event.clientY - rows.contentTop() - rows.top, rows.rowHeight, rows.ids.length);
  const gripProps = (id: string) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ id, place: rows.ids.indexOf(id) + 1 });
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag?.id === id) setDrag({ id, place: placeOf(event) });
    },
    onPointerUp: () => {
      if (drag?.id === id) onDrop(id, drag.place);
      setDrag(null);
    },
    onLostPointerCapture: () => setDrag(null),
  });
  return { drag, gripProps };
}
