import { z } from 'zod';
import { labelCountsSchema, splitCodes, textVersionSchema } from './text.ts';
import { encodingFactsSchema, textEncodingChoiceSchema } from './text-encoding.ts';

/**
 * A dataset of labelled rows of a table. In the dataset's folder, all of it written once:
 *
 * - `rows.jsonl`: one JSON array a line, `[label, cell, cell ...]`: the label's position in the label list, then a cell
 *   for each column, in order: a number, the position of a category in its column's list, or null where it is missing.
 *   Its SHA-256 is the dataset's digest.
 * - `splits-v<version>.u8`: as of texts (text.ts).
 * - `manifest.json`: see `tableManifestSchema`.
 *
 * Cells are stored as they are. What a network is given of them (scaled numbers, one-hot categories) is made for each
 * run of its own training rows, so that nothing is known of the others (shared/tables/table-inputs.ts).
 */

export const tableColumnSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('number'),
    name: z.string(),
    least: z.number(),
    mean: z.number(),
    most: z.number(),
    /** Rows without a number here. */
    missing: z.number(),
  }),
  z.object({
    kind: z.literal('category'),
    name: z.string(),
    /** In natural order. */
    categories: z.array(z.string()),
    missing: z.number(),
  }),
]);
export type TableColumn = z.infer<typeof tableColumnSchema>;

/** A number, the position of a category, or null: missing. */
export const tableCellSchema = z.number().nullable();
export type TableCell = z.infer<typeof tableCellSchema>;

/** Facts of the rows, which no version changes. */
export const tableFactsSchema = z.object({
  labels: z.array(z.string()),
  /** Name of the column that gave the labels, and of the one that gave splits; null where they were drawn. */
  labelColumn: z.string(),
  splitColumn: z.string().nullable(),
  columns: z.array(tableColumnSchema),
  /** Columns that were left out, each with its reason. */
  ignored: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** Rows whose cells an earlier row has already; they are kept. */
  duplicates: z.number(),
  /** Rows whose cells an earlier row has with another label. */
  contradictions: z.number(),
  encoding: encodingFactsSchema,
});
export type TableFacts = z.infer<typeof tableFactsSchema>;

/** `manifest.json` beside `rows.jsonl`. */
export const tableManifestSchema = tableFactsSchema.pick({ labels: true, columns: true }).extend({
  format: z.literal(1),
  kind: z.literal('table-classes'),
  rows: z.number(),
  /** SHA-256 over rows.jsonl, hexadecimal. */
  sha256: z.string(),
});
export type TableManifest = z.infer<typeof tableManifestSchema>;

/** All that is known of a table at its newest version, the rows apart. */
export const tableDetailSchema = tableFactsSchema.extend({ version: textVersionSchema });
export type TableDetail = z.infer<typeof tableDetailSchema>;

const column = z.string().min(1).max(1000);

/** What a column is taken for. */
export const columnUseSchema = z.enum(['number', 'category', 'ignored']);
export type ColumnUse = z.infer<typeof columnUseSchema>;

/** How to read a table of rows; null and what is not named is for the core to find out. */
export const tableImportSchema = z.object({
  label: column.nullable(),
  /** By name; others are found out. */
  columns: z.record(column, columnUseSchema),
  header: z.enum(['yes', 'no']),
  encoding: textEncodingChoiceSchema,
});
export type TableImport = z.infer<typeof tableImportSchema>;

export const defaultTableImport: TableImport = { label: null, columns: {}, header: 'yes', encoding: 'auto' };

/** More columns, categories of a column and rows than these are not imported. */
export const tableLimits = { columns: 10_000, categories: 1000, rows: 2_000_000 } as const;

/** What the beginning of a table holds, before anything is imported. */
export const tablePreviewSchema = z.object({
  format: z.enum(['csv', 'tsv', 'jsonl']),
  /** Every column of the source, in its order, and what an import with these choices would take it for. */
  columns: z.array(
    z.object({
      name: z.string(),
      use: z.enum(['label', 'split', 'number', 'category', 'ignored']),
      /** Why it would be left out; null for the others. */
      reason: z.string().nullable(),
      /** Different values among the rows that were read, counted up to 1,000, and rows without one. */
      distinct: z.number(),
      missing: z.number(),
    }),
  ),
  /** The first rows as they stand, cells cut at 300 characters. */
  rows: z.array(z.array(z.string())),
  rowsRead: z.number(),
  encoding: encodingFactsSchema,
  /** `no`: only the beginning of a large source was read. */
  complete: z.enum(['yes', 'no']),
  chosen: tableImportSchema.extend({ splitColumn: column.nullable() }),
  labels: z.array(labelCountsSchema.pick({ label: true }).extend({ examples: z.number() })),
  /** Labels in all; `labels` has the 50 most frequent. */
  labelsTotal: z.number(),
  /** Why an import with these choices would fail, as far as the rows that were read show; null where they do not. */
  problem: z.string().nullable(),
});
export type TablePreview = z.infer<typeof tablePreviewSchema>;

/** One row as a page of them shows it: cells as words, in the order of the dataset's columns; null where missing. */
export const shownRowSchema = z.object({
  index: z.number(),
  cells: z.array(z.string().nullable()),
  label: z.number(),
  split: z.enum(splitCodes),
});
export type ShownRow = z.infer<typeof shownRowSchema>;
