/** Tiny encoders of test/numerics/fixtures/encoders, and batches of texts. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { openHuggingFaceFolder } from '../../../src/main/files/hugging-face-folder.ts';
import type { EncoderBatch } from '../../../src/main/learning/encoder/encoder.ts';
import type { ParameterSpec } from '../../../src/main/learning/models/model.ts';

export const families = ['bert', 'distilbert', 'roberta'] as const;
export type Family = (typeof families)[number];

const folderOf = (family: Family): string => path.join(import.meta.dirname, '../../numerics/fixtures/encoders', family);

export const encoderFile = (family: Family, name: string): string => path.join(folderOf(family), name);
export const openEncoder = (family: Family) => openHuggingFaceFolder(folderOf(family));

/** What make_encoder_fixtures.py writes beside a model. */
export interface ExpectedOfTexts {
  readonly maxLength: number;
  readonly texts: readonly string[];
  readonly ids: readonly (readonly number[])[];
  readonly logits: readonly (readonly number[])[];
  readonly loss: number;
  readonly pairs: readonly (readonly [string, string])[];
  readonly pairIds: readonly (readonly number[])[];
  readonly pairTypes: readonly (readonly number[])[] | null;
  readonly pairLogits: readonly (readonly number[])[];
}

export const expectedOf = (family: Family): ExpectedOfTexts =>
  JSON.parse(readFileSync(encoderFile(family, 'expected.json'), 'utf8')) as ExpectedOfTexts;

/** Texts padded to the longest of them, or to `length`. */
export function batchOf(
  ids: readonly ArrayLike<number>[],
  {
    types,
    length = Math.max(...ids.map((own) => own.length)),
    padding = 0,
  }: {
    readonly types?: readonly ArrayLike<number>[] | null;
    readonly length?: number;
    readonly padding?: number;
  } = {},
): EncoderBatch {
  const shape: [number, number] = [ids.length, length];
  const padded = (rows: readonly ArrayLike<number>[], filler: number): number[] =>
    rows.flatMap((row) => Array.from({ length }, (_, i) => row[i] ?? filler));
  return {
    ids: tf.tensor2d(padded(ids, padding), shape, 'int32'),
    mask: tf.tensor2d(
      padded(
        ids.map((own) => Array.from(own, () => 1)),
        0,
      ),
      shape,
      'float32',
    ),
    types: tf.tensor2d(types ? padded(types, 0) : new Int32Array(ids.length * length), shape, 'int32'),
  };
}

/** The stored tensors in the order of the specs. */
export const tensorsOf = (
  specs: readonly ParameterSpec[],
  stored: ReadonlyMap<string, { readonly values: Float32Array }>,
): tf.Tensor[] => specs.map(({ name, shape }) => tf.tensor(stored.get(name)!.values, [...shape]));
