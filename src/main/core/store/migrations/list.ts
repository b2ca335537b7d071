import { firstTables } from './0001-first-tables.ts';
import { textDatasets } from './0002-text-datasets.ts';
import { modelTables } from './0003-models.ts';
import { predictionTable } from './0004-predictions.ts';

/** Migrations in order; number N takes a database from schema N - 1 to N. A released one never changes. */
export const migrations: readonly { readonly number: number; readonly sql: string }[] = [
  { number: 1, sql: firstTables },
  { number: 2, sql: textDatasets },
  { number: 3, sql: modelTables },
  { number: 4, sql: predictionTable },
];
