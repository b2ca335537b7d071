import type { SeriesColour } from './series.ts';

/** Class of the stylesheet that carries a colour: s1 to s8, sx for neutral, sa for the accent. */
export const colourClass = (colour: SeriesColour): string =>
  typeof colour === 'number' ? `s${colour}` : { neutral: 'sx', context: 'sc', accent: 'sa' }[colour];

/** A piece of the line, with its dash. */
export function Swatch({ colour, dashed }: { readonly colour: SeriesColour; readonly dashed?: boolean }) {
  return (
    <svg className={`swatch ${colourClass(colour)} ${dashed ? '' : 'solid'}`} viewBox="0 0 20 8" aria-hidden="true">
      <line x1="0" y1="4" x2="20" y2="4" />
    </svg>
  );
}
