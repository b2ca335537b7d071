import { InnerloopError } from '../../shared/contract/errors.ts';
import type { TableTrainerDataset, TrainerModel } from '../../shared/contract/trainer.ts';
import type { TableCell, TableColumn } from '../../shared/datasets/table.ts';
import type { NetworkFineTuneRunConfig, TableTaskConfig } from '../../shared/run-config/schema.ts';
import type { TableClassifierFacts } from '../../shared/runs/table-classifier.ts';
import { type ColumnScale, scalesOf, tableInputSize, writeTableInputs } from '../../shared/tables/table-inputs.ts';
import { drawSplitSubsets } from '../../shared/tasks/split-subsets.ts';
import { storedRows } from '../files/table-rows.ts';
import type { DenseExamplesSource } from '../learning/fine-tuning/network-source.ts';
import { readSplits } from './example-splits.ts';
import { drawn, startOf } from './network-start.ts';

/** The rows of a table as a network's inputs, scaled by those that the run trains on, and the network it begins with. */
export async function loadRows(
  config: NetworkFineTuneRunConfig,
  task: TableTaskConfig,
  dataset: TableTrainerDataset,
  model: TrainerModel | null,
): Promise<DenseExamplesSource> {
  const { labels: labelNames, columns } = dataset;
  const labels: number[] = [];
  const rows: (readonly TableCell[])[] = [];
  for await (const { label, cells } of storedRows(dataset.rowsFile, dataset)) {
    labels.push(label);
    rows.push(cells);
  }
  if (rows.length !== dataset.rows) {
    const message = `The table "${dataset.name}" has ${rows.length} rows and should have ${dataset.rows}: its file was changed. Import it again.`;
    throw new InnerloopError('bad-file', message);
  }
  const splits = await readSplits(dataset, rows.length);
  const subsets = drawn(() => drawSplitSubsets(labels, splits, task, config.seed));
  const scales = scalesOf(
    columns,
    subsets.train.map(({ example }) => rows[example]!),
  );
  return {
    ...{ kind: 'table-classes', shape: [tableInputSize(columns)], values: inputsOfRows(columns, scales, rows) },
    ...{ labelNames, subsets, start: await startOf(config, model), scales },
  };
}

/** Inputs [rows, inputs] of rows. */
export function inputsOfRows(
  columns: readonly TableColumn[],
  scales: readonly ColumnScale[],
  rows: readonly (readonly TableCell[])[],
): Float32Array {
  const size = tableInputSize(columns);
  const values = new Float32Array(rows.length * size);
  rows.forEach((cells, row) => {
    writeTableInputs(columns, scales, cells, values, row * size);
  });
  return values;
}

/** What a run on a table needs to say something of new rows; it has no examples. */
export async function rowPredictionSource(
  config: NetworkFineTuneRunConfig,
  { labels, columns, scales }: TableClassifierFacts,
  model: TrainerModel | null,
): Promise<DenseExamplesSource> {
  return {
    ...{ kind: 'table-classes', shape: [tableInputSize(columns)], values: new Float32Array(0), labelNames: labels },
    ...{ subsets: { train: [], validation: [], test: [] }, start: await startOf(config, model), scales },
  };
}
