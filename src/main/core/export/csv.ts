import { join } from 'node:path';
import { writeAtomically } from '../../files/atomic-write.ts';
import { type ExportedRun, type ExportedSeries, exactNumber, writeParts } from './exported-run.ts';

/** `metrics.csv`: one row per stored point (RFC 4180), numbers with every bit. */
export async function writeCsv(folder: string, { series }: ExportedRun): Promise<void> {
  await writeAtomically(join(folder, 'metrics.csv'), (file) => writeParts(csvLines(series), file.append));
}

function* csvLines(series: readonly ExportedSeries[]): Generator<string> {
  yield 'metric,step,value\r\n';
  for (const { key, steps, values } of series) {
    const name = csvField(key);
    for (let index = 0; index < steps.length; index++) {
      yield `${name},${exactNumber(steps[index]!)},${exactNumber(values[index]!)}\r\n`;
    }
  }
}

/** A field in quotes where it needs them. */
export const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
