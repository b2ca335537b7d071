import { useEffect, useState } from 'react';
import type {
  Classification,
  ExampleOrder,
  PredictedExample,
  PredictedExamples,
} from '../../../../shared/runs/classification-report.ts';
import { request, shell, useRequest } from '../../../app/core.ts';
import { fileNameOf } from '../../../charts/chart-csv.ts';
import type { Toasts } from '../../../ui/toast.tsx';
import { examplesCsv } from './examples-csv.ts';
import type { ExampleFilter } from './words.ts';

export interface AskedExamples {
  readonly id: string;
  /** Of which evaluation. */
  readonly evaluation: string;
  readonly filter: ExampleFilter;
  readonly order: ExampleOrder;
}

const queryOf = ({ id, evaluation, filter, order }: AskedExamples) => ({
  id,
  evaluation,
  ...(filter.truth === null ? {} : { truth: filter.truth }),
  ...(filter.predicted === null ? {} : { predicted: filter.predicted }),
  wrongOnly: filter.which === 'wrong',
  order,
});

/** A page of the stored predictions that fit; the first one again after each change of filter or order. */
export function useExamples(asked: AskedExamples, pageSize: number) {
  const [offset, setOffset] = useState(0);
  const query = queryOf(asked);
  const key = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at its first page
  useEffect(() => setOffset(0), [key]);
  const page = useRequest('runs.predictedExamples', { ...query, offset, limit: pageSize });
  return { page, offset, setOffset };
}

const exportedAtOnce = 200;

/** Saves all examples that fit, with every probability, where the user picks. */
export async function saveExamples(
  asked: AskedExamples,
  { labels }: Classification,
  names: readonly string[],
  toasts: Toasts,
): Promise<void> {
  try {
    const query = queryOf(asked);
    const all: PredictedExample[] = [];
    let columns: readonly string[] | null = null;
    for (;;) {
      const page: PredictedExamples = await request('runs.predictedExamples', {
        ...query,
        offset: all.length,
        limit: exportedAtOnce,
      });
      all.push(...page.examples);
      columns = page.columns;
      if (page.examples.length === 0 || all.length >= page.total) break;
    }
    const bytes = new TextEncoder().encode(examplesCsv(all, labels, columns));
    if ((await shell.saveAs(`${fileNameOf(...names)}.csv`, bytes)) === 'saved') toasts.tell('Saved', 'download');
  } catch (thrown) {
    toasts.tellFailure(thrown);
  }
}
