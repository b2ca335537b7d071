import { isRecord } from '../../../shared/run-config/complete.ts';
import { draftFromFile, type OpenedDraft } from './draft.ts';

const largestFile = 1_000_000; // a config is a few kilobytes

/** Reads a config file that the user picked or dropped. Throws a sentence when it is not one. */
export async function readConfigFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<OpenedDraft> {
  if (file.size > largestFile) throw new Error(`${file.name} is too large for a config: at most 1 MB.`);
  return draftFromText(file.name, await file.text());
}

export function draftFromText(name: string, text: string): OpenedDraft {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (thrown) {
    throw new Error(`${name} is not JSON: ${thrown instanceof Error ? thrown.message : 'it cannot be read'}.`);
  }
  if (!isRecord(content)) throw new Error(`${name} does not hold a config: it must be a JSON object.`);
  return draftFromFile(content);
}
