import { createHash } from 'node:crypto';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import { type ExamplePredictions, examplePredictionsSchema } from '../../../shared/runs/example-predictions.ts';
import type { Evaluation } from '../../../shared/runs/run.ts';
import { allRows, change, json, number, oneRow, type Readable, type Row, text, type Writable } from './database.ts';

/** Stores what was said of each example of a stored evaluation. */
export function insertPredictions(db: Writable, evaluationId: string, predictions: ExamplePredictions): void {
  const labels = JSON.stringify(predictions.labels);
  const blobs = [predictions.examples, predictions.truth, predictions.probabilities].map(bytesOf);
  change(
    db,
    `INSERT INTO predictions (evaluation_id, label_mode, labels, count, examples, truth, probabilities, sha256)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    evaluationId,
    predictions.labelMode,
    labels,
    predictions.examples.length,
    ...blobs,
    digestOf(labels, blobs),
  );
}

/** What was said in an evaluation; null where nothing is stored. Throws `bad-file` when it is damaged. */
export function predictionsOf(db: Readable, evaluationId: string): ExamplePredictions | null {
  const row = oneRow(db, 'SELECT * FROM predictions WHERE evaluation_id = ?', evaluationId);
  if (!row) return null;
  const predictions = whole(row);
  if (predictions) return predictions;
  throw new InnerloopError(
    'bad-file',
    'The stored predictions of this evaluation are damaged. Evaluate the run again to have them anew.',
    { detail: evaluationId },
  );
}

/** An evaluation that has predictions, of so many examples. */
export interface PredictedEvaluation {
  readonly evaluation: Evaluation;
  readonly examples: number;
}

/** Evaluations of a run that have predictions, oldest first. */
export const predictedEvaluations = (db: Readable, runId: string): readonly PredictedEvaluation[] =>
  allRows(
    db,
    `SELECT evaluations.body, predictions.count FROM evaluations
     JOIN predictions ON predictions.evaluation_id = evaluations.id
     WHERE evaluations.run_id = ? ORDER BY evaluations.created_at, evaluations.rowid`,
    runId,
  ).map(({ body, count }) => ({ evaluation: json<Evaluation>(body), examples: number(count) }));

/** Forgets what was said in a run's validations after other iterations than these; returns of how many. */
export const keepValidationPredictions = (db: Writable, runId: string, iterations: readonly number[]): number =>
  change(
    db,
    `DELETE FROM predictions WHERE evaluation_id IN (
       SELECT id FROM evaluations WHERE run_id = ? AND kind = 'validation'
         AND iteration NOT IN (SELECT value FROM json_each(?)))`,
    runId,
    JSON.stringify(iterations),
  );

/** null where the row is not as it was stored. */
function whole(row: Row): ExamplePredictions | null {
  const blobs = [row.examples, row.truth, row.probabilities];
  const [examples, truth, probabilities] = blobs.map((blob) =>
    blob instanceof Uint8Array ? new Uint8Array(blob) : null,
  );
  if (!examples || !truth || !probabilities) return null;
  if (digestOf(text(row.labels), [examples, truth, probabilities]) !== row.sha256) return null;
  if (examples.length % 4 !== 0 || probabilities.length % 4 !== 0) return null;
  const parsed = examplePredictionsSchema.safeParse({
    labels: json(row.labels),
    labelMode: row.label_mode,
    examples: new Int32Array(examples.buffer), // a copy has a buffer of its own, which begins at its first number
    truth,
    probabilities: new Float32Array(probabilities.buffer),
  });
  return parsed.success && parsed.data.examples.length === number(row.count) ? parsed.data : null;
}

function digestOf(labels: string, blobs: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(labels);
  for (const blob of blobs) hash.update(blob);
  return hash.digest('hex');
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Uint8Array | Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
