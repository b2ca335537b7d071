import { basename } from 'node:path';
import { z } from 'zod';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type StoredClip, storedClipSchema } from '../../shared/datasets/audio.ts';
import { type TableCell, tableCellSchema } from '../../shared/datasets/table.ts';
import { quoted } from './file-error.ts';
import { readTextLines } from './text-lines.ts';

const storedRowSchema = z.tuple([z.number().int().min(0)], tableCellSchema);

/** The cells of each row of a dataset's `rows.jsonl`, in its order. Throws `bad-file` that names a damaged line. */
export async function* storedRows(file: string): AsyncGenerator<readonly TableCell[]> {
  for await (const [, ...cells] of parsedLines(file, storedRowSchema, 'row of a table')) yield cells;
}

/** What `clips.jsonl` says of each clip, in its order. Throws `bad-file` that names a damaged line. */
export const storedClips = (file: string): AsyncGenerator<StoredClip> => parsedLines(file, storedClipSchema, 'clip');

async function* parsedLines<Line>(file: string, schema: z.ZodType<Line>, what: string): AsyncGenerator<Line> {
  const name = basename(file);
  for await (const { number, text } of readTextLines(file, name)) {
    try {
      yield schema.parse(JSON.parse(text));
    } catch (thrown) {
      const message = `${quoted(name)}, line ${number.toLocaleString('en')}, is not a ${what}.`;
      throw new InnerloopError('bad-file', message, { cause: thrown });
    }
  }
}
