import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type TextClassifierFacts, textClassifierSchema } from '../../shared/runs/text-classifier.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { fileError } from './file-error.ts';

const fileName = 'text-classifier.json';

export async function writeTextClassifier(runFolder: string, facts: TextClassifierFacts): Promise<void> {
  await writeFileAtomically(join(runFolder, fileName), JSON.stringify(facts));
}

/** null where there is none, as of runs that are older than it; throws `bad-file` when it is damaged. */
export async function readTextClassifier(runFolder: string): Promise<TextClassifierFacts | null> {
  const path = join(runFolder, fileName);
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (thrown) {
    if ((thrown as { readonly code?: unknown }).code === 'ENOENT') return null;
    throw fileError(thrown, path, 'read');
  }
  try {
    return textClassifierSchema.parse(JSON.parse(content));
  } catch (thrown) {
    throw new InnerloopError('bad-file', `"${fileName}" of the run is damaged: it does not say the labels.`, {
      cause: thrown,
    });
  }
}
