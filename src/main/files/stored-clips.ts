import { basename } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type StoredClip, storedClipSchema } from '../../shared/datasets/audio.ts';
import { quoted } from './file-error.ts';
import { readTextLines } from './text-lines.ts';

/** What a dataset's `clips.jsonl` says of each clip, in its order. Throws `bad-file` that names a damaged line. */
export async function* storedClips(file: string): AsyncGenerator<StoredClip> {
  const name = basename(file);
  for await (const { number, text } of readTextLines(file, name)) {
    try {
      yield storedClipSchema.parse(JSON.parse(text));
    } catch (thrown) {
      const message = `${quoted(name)}, line ${number.toLocaleString('en')}, is not a clip.`;
      throw new InnerloopError('bad-file', message, { cause: thrown });
    }
  }
}
