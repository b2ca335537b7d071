import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type TableClassifierFacts, tableClassifierSchema } from '../../shared/runs/table-classifier.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { fileError } from './file-error.ts';

const fileName = 'table-classifier.json';

export async function writeTableClassifier(runFolder: string, facts: TableClassifierFacts): Promise<void> {
  await writeFileAtomically(join(runFolder, fileName), JSON.stringify(facts));
}

/** null where there is none, as of a run that has not begun; throws `bad-file` when it is damaged. */
export async function readTableClassifier(runFolder: string): Promise<TableClassifierFacts | null> {
  const path = join(runFolder, fileName);
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (thrown) {
    if ((thrown as { readonly code?: unknown }).code === 'ENOENT') return null;
    throw fileError(thrown, path, 'read');
  }
  try {
    return tableClassifierSchema.parse(JSON.parse(content));
  } catch (thrown) {
    throw new InnerloopError('bad-file', `"${fileName}" of the run is damaged: it does not say the columns.`, {
      cause: thrown,
    });
  }
}
