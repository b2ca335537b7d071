import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import { classificationReport } from '../../../shared/runs/classification.ts';
import { classified } from '../../../shared/runs/example-predictions.ts';
import type { CoreContext } from '../context.ts';
import { requireRun } from './actions.ts';
import { chooseExamples, judgedExamples } from './choose-examples.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { datasetThen, nothingToShow, readSubjects, type Subject } from './read-predicted.ts';
import { type StoredPredictions, storedPredictions } from './stored-predictions.ts';

/** What the stored predictions of one evaluation come to. */
export function classificationOfRun(
  context: CoreContext,
  { id, evaluation }: RequestOf<'runs.classification'>,
): ResponseOf<'runs.classification'> {
  const { facts, predictions, available } = storedPredictions(context, requireRun(context, id), evaluation);
  return {
    evaluation: facts,
    labels: [...predictions.labels],
    labelMode: predictions.labelMode,
    report: classificationReport(classified(predictions)),
    available: [...available],
  };
}

/** A page of the stored predictions of one evaluation, with what was predicted of as far as it is still there. */
export async function predictedExamplesOf(
  context: CoreContext,
  datasets: DatasetDesk,
  { id, evaluation, offset, limit, ...choice }: RequestOf<'runs.predictedExamples'>,
): Promise<ResponseOf<'runs.predictedExamples'>> {
  const stored = storedPredictions(context, requireRun(context, id), evaluation);
  const { predictions, facts } = stored;
  requireLabels(predictions.labels, [choice.truth, choice.predicted]);
  const chosen = chooseExamples(judgedExamples(predictions), predictions.labelMode, choice);
  const page = chosen.slice(offset, offset + limit);
  const { subjects, columns, missing } = await subjectsOf(
    context,
    datasets,
    stored,
    page.map(({ position }) => position),
  );
  return {
    total: chosen.length,
    examples: page.map(({ position, truth, predicted, probabilities }) => ({
      ...{ position, split: facts.split },
      ...(subjects.get(position) ?? nothingToShow),
      ...{ truth: [...truth], predicted: [...predicted], probabilities: [...probabilities] },
    })),
    columns,
    missing,
  };
}

interface Subjects {
  readonly subjects: ReadonlyMap<number, Subject>;
  /** Names of a table's columns. */
  readonly columns: string[] | null;
  readonly missing: string | null;
}

/** A dataset that cannot be read takes nothing from the numbers: it is said why the examples are not shown. */
async function subjectsOf(
  { layout }: CoreContext,
  datasets: DatasetDesk,
  { facts }: StoredPredictions,
  positions: readonly number[],
): Promise<Subjects> {
  const { dataset, missing } = datasetThen(datasets, facts);
  if (dataset === null) return { subjects: new Map(), columns: null, missing };
  const columns = dataset.kind === 'table-classes' ? dataset.columns.map(({ name }) => name) : null;
  try {
    return { subjects: await readSubjects(layout.datasets, dataset, positions), columns, missing: null };
  } catch (thrown) {
    if (!(thrown instanceof InnerloopError)) throw thrown;
    return { subjects: new Map(), columns, missing: thrown.message };
  }
}

function requireLabels(labels: readonly string[], asked: readonly (number | undefined)[]): void {
  const wrong = asked.find((label) => label !== undefined && label >= labels.length);
  if (wrong === undefined) return;
  const message = `There is no label number ${wrong}: the labels are 0 to ${labels.length - 1}.`;
  throw new InnerloopError('invalid-request', message);
}
