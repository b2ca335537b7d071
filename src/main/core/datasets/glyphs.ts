import type { DatasetClass, PixelLayout, SplitPlan } from '../../../shared/datasets/dataset.ts';
import { createRandom, type Random } from '../../../shared/random/random.ts';
import { type Character, inventCharacter } from './glyph-character.ts';
import { drawCharacter, drawHand, glyphSize, steadyHand } from './glyph-drawing.ts';
import { lengthOf } from './glyph-movements.ts';
import { type AlphabetStyle, drawStyle } from './glyph-style.ts';

/**
 * The built-in few-shot set: made-up alphabets whose characters are drawn stroke by stroke, each by twenty hands.
 * All of it follows from one seed, so that it needs no download and is the same on every machine.
 */
export const glyphsSeed = 2026;
export const glyphsLayout: PixelLayout = { width: glyphSize, height: glyphSize, channels: 1, polarity: 'ink-dark' };
export const glyphsSplit: SplitPlan = { kind: 'drawn', by: 'group', train: 0.64, validation: 0.16, seed: 1 };
export const drawingsPerCharacter = 20;

const alphabetNames = [
  'Alveri',
  'Bantu-Lo',
  'Cirth',
  'Dhorani',
  'Eskara',
  'Fennic',
  'Gorath',
  'Halune',
  'Ixtari',
  'Jorvan',
  'Kelmish',
  'Lurand',
  'Mirvale',
  'Nubaric',
  'Oshenta',
  'Palquin',
  'Quorra',
  'Rhovan',
  'Sillith',
  'Tamzir',
] as const;

export interface GlyphAlphabet {
  readonly name: string;
  readonly classes: readonly Pick<DatasetClass, 'name' | 'group' | 'examples'>[];
  /** [classes * 20, 28, 28] uint8. */
  readonly pixels: Uint8Array;
}

/** The alphabets one after the other, so that the caller can breathe between them. */
export function* generateGlyphs(seed: number = glyphsSeed): Generator<GlyphAlphabet, void, void> {
  const shapes: Float32Array[] = []; // of all characters so far: none may look like another
  for (const name of alphabetNames) {
    const random = createRandom(seed, `glyphs/${name}`);
    const style = drawStyle(random.stream('style'));
    const characters = inventAlphabet(style, random.stream('characters'), 18 + random.integer(10), shapes);
    yield drawAlphabet(name, characters, random.stream('drawings'));
  }
}

function inventAlphabet(style: AlphabetStyle, random: Random, count: number, shapes: Float32Array[]): Character[] {
  const own: Float32Array[] = [];
  const characters: Character[] = [];
  for (let attempt = 0; characters.length < count && attempt < count * 40; attempt++) {
    const character = inventCharacter(style, random);
    const shape = shapeOf(character);
    if (!isWellFormed(character) || !isLegible(shape) || own.some((other) => likeness(shape, other) > 0.62)) continue;
    if (shapes.some((other) => likeness(shape, other) > 0.8)) continue;
    own.push(shape);
    characters.push(character);
  }
  shapes.push(...own);
  return characters;
}

function drawAlphabet(name: string, characters: readonly Character[], random: Random): GlyphAlphabet {
  const hands = Array.from({ length: drawingsPerCharacter }, () => drawHand(random));
  const imageBytes = glyphSize * glyphSize;
  const pixels = new Uint8Array(characters.length * drawingsPerCharacter * imageBytes);
  characters.forEach((character, c) => {
    hands.forEach((hand, h) => {
      pixels.set(drawCharacter(character, hand, random), (c * drawingsPerCharacter + h) * imageBytes);
    });
  });
  const classes = characters.map((_, c) => ({
    name: `${name}/character${String(c + 1).padStart(2, '0')}`,
    group: name,
    examples: drawingsPerCharacter,
  }));
  return { name, classes, pixels };
}

/** A pen's way of at most five times the box, no strokes too small to be seen, and more than one line and a mark. */
function isWellFormed(character: Character): boolean {
  const lengths = character.map(({ points }) => lengthOf(points));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const longest = Math.max(...lengths);
  const bent = character[lengths.indexOf(longest)]!.points.length > 2;
  return whole < 5 && Math.min(...lengths) > 0.08 && (bent || whole - longest > 0.3);
}

const shapeSize = glyphSize / 2;

/** A coarse picture of a character, [14 * 14], with mean 0 and length 1. */
function shapeOf(character: Character): Float32Array {
  const drawing = drawCharacter(character, steadyHand, createRandom(0));
  const shape = new Float32Array(shapeSize * shapeSize);
  drawing.forEach((value, i) => {
    const [row, column] = [Math.floor(i / glyphSize / 2), Math.floor((i % glyphSize) / 2)];
    shape[row * shapeSize + column]! += 255 - value;
  });
  const mean = shape.reduce((sum, value) => sum + value, 0) / shape.length;
  const length = Math.hypot(...shape.map((value) => value - mean));
  return shape.map((value) => (value - mean) / length);
}

/** Neither a mere line nor a tangle, by the share of the coarse picture's cells that have ink. */
function isLegible(shape: Float32Array): boolean {
  const paper = Math.min(...shape);
  const inked = shape.filter((value) => value > paper + 1e-6).length / shape.length;
  return inked > 0.17 && inked < 0.44;
}

/** Correlation of two coarse pictures. */
function likeness(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
