import { join } from 'node:path';
import { writeAtomically } from '../../files/atomic-write.ts';
import { type ExportedRun, type ExportedSeries, exactNumber, writeParts } from './exported-run.ts';

/**
 * `run.json`: `{run, evaluations, metrics: {key: [[step, value], ...]}}`, numbers with every bit. JSON has no infinity:
 * one is written as the text "Infinity" or "-Infinity".
 */
export async function writeJson(folder: string, exported: ExportedRun): Promise<void> {
  await writeAtomically(join(folder, 'run.json'), (file) => writeParts(jsonPieces(exported), file.append));
}

function* jsonPieces({ run, evaluations, series }: ExportedRun): Generator<string> {
  yield `{\n"run": ${JSON.stringify(run)},\n"evaluations": ${JSON.stringify(evaluations)},\n"metrics": {`;
  let separator = '\n';
  for (const one of series) {
    yield `${separator}${JSON.stringify(one.key)}: [`;
    yield* points(one);
    yield ']';
    separator = ',\n';
  }
  yield '\n}\n}\n';
}

function* points({ steps, values }: ExportedSeries): Generator<string> {
  for (let index = 0; index < steps.length; index++) {
    yield `${index === 0 ? '' : ','}[${jsonNumber(steps[index]!)},${jsonNumber(values[index]!)}]`;
  }
}

const jsonNumber = (value: number): string => (Number.isFinite(value) ? exactNumber(value) : `"${value}"`);
