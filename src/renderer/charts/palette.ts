import { useSyncExternalStore } from 'react';
import type { SeriesColour } from './series.ts';

/** Colours, dashes and fonts of charts, read from the custom properties of tokens.css, so that both themes work. */
export interface Palette {
  readonly text1: string;
  readonly text2: string;
  readonly text3: string;
  readonly surface: string;
  readonly sunken: string;
  readonly grid: string;
  readonly edge: string;
  readonly hair: string;
  readonly star: string;
  readonly accent: string;
  readonly brush: string;
  readonly tickFont: string;
  readonly labelFont: string;
  readonly line: (colour: SeriesColour) => string;
  readonly soft: (colour: SeriesColour) => string;
  readonly dash: (colour: SeriesColour) => number[];
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const scale = Number(token('text-scale')) || 1;
  const family = token('font-sans');
  return {
    text1: token('text-1'),
    text2: token('text-2'),
    text3: token('text-3'),
    surface: token('surface'),
    sunken: token('sunken'),
    grid: token('line-1'),
    edge: token('line-2'),
    hair: token('line-control'),
    star: token('star'),
    accent: token('accent'),
    brush: token('accent-soft'),
    tickFont: `${10 * scale}px ${family}`,
    labelFont: `500 ${11 * scale}px ${family}`,
    line: (colour) => token(lineToken(colour)),
    soft: (colour) => token(typeof colour === 'number' ? `series-${colour}-soft` : softToken[colour]),
    dash: (colour) => (typeof colour === 'number' ? parseDash(token(`dash-${colour}`)) : []),
  };
}

const softToken = { neutral: 'line-1', context: 'line-1', accent: 'accent-soft' } as const;

const lineToken = (colour: SeriesColour): string =>
  typeof colour === 'number'
    ? `series-${colour}`
    : { neutral: 'text-3', context: 'series-none', accent: 'accent' }[colour];

/** "9 3 2 3" as Canvas wants it; "none" is solid. */
export const parseDash = (text: string): number[] =>
  text
    .split(/\s+/)
    .map(Number)
    .filter((length) => Number.isFinite(length) && length > 0);

/** Colour slot of a run by its number (UI.md section 5). */
export const slotOf = (number: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 => (((number - 1) % 8) + 1) as 1;

let version = 0;

function followTheme(listener: () => void): () => void {
  const observer = new MutationObserver(() => {
    version++;
    listener();
  });
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-text-size'] });
  return () => observer.disconnect();
}

/** Changes whenever the colours may have changed. */
export const useThemeVersion = (): number => useSyncExternalStore(followTheme, () => version);
