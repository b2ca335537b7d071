import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { questionKinds } from '../../../src/main/core/datasets/question-grammar.ts';
import { generateQuestions } from '../../../src/main/core/datasets/questions.ts';
import { sha256OfBytes } from '../../../src/main/files/digest.ts';
import { scratchFolders } from '../../files/scratch.ts';
import { preparedLibrary, testLibrary } from './test-library.ts';

const scratch = scratchFolders();

describe('the built-in questions', () => {
  it('are the same on every machine, each once, of every kind alike', () => {
    const questions = generateQuestions();
    expect(questions).toEqual(generateQuestions());
    expect(new Set(questions.map(({ text }) => text)).size).toBe(2400);
    for (const kind of questionKinds) expect(questions.filter(({ label }) => label === kind)).toHaveLength(400);
    expect(questions.filter(({ text }) => /[{}]|undefined/.test(text))).toEqual([]);
    expect(generateQuestions(1)).not.toEqual(questions);
  });

  it('are not told apart by a word that they hold: no word says the kind', () => {
    const questions = generateQuestions();
    const askedWith = (word: string) =>
      new Set(questions.filter(({ text }) => text.toLowerCase().split(/\W+/).includes(word)).map(({ label }) => label));
    for (const word of ['who', 'how', 'why', 'when', 'where', 'what']) expect(askedWith(word).size).toBe(6);
  });

  it('stand in the library as a text dataset of its own, and come back when a file is lost', async () => {
    const home = await scratch();
    const { library, folder, store } = await preparedLibrary(home);
    const { summary, text } = await library.handlers['datasets.get']({ id: 'questions' });
    expect(summary).toMatchObject({
      ...{ kind: 'text-classes', origin: 'built-in', classes: 6, examples: 2400, state: 'ready' },
      splits: { train: { examples: 1920 }, validation: { examples: 240 }, test: { examples: 240 } },
    });
    expect(text).toMatchObject({ labels: questionKinds, labelMode: 'single', duplicates: 0 });
    const examples = join(folder, 'questions', 'examples.jsonl');
    expect(sha256OfBytes(await readFile(examples))).toBe(summary.sha256);
    await expect(library.handlers['datasets.remove']({ id: 'questions', force: 'no' })).rejects.toThrow('built in');
    const prepareAgain = async () => {
      const again = testLibrary(home, store);
      await again.library.prepare();
      return (await again.library.handlers['datasets.verify']({ id: 'questions' })).state;
    };
    await writeFile(examples, 'x');
    expect(await prepareAgain()).toBe('ready');
    await rm(join(folder, 'questions'), { recursive: true });
    expect(await prepareAgain()).toBe('ready');
  });
});
