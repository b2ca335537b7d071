import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextExample } from '../../../shared/datasets/text.ts';
import { createRandom } from '../../../shared/random/random.ts';
import { writeFileAtomically } from '../../files/atomic-write.ts';
import { sha256OfBytes } from '../../files/digest.ts';
import { addExamples, textManifestOf } from './add-dataset.ts';
import {
  abandonAdding,
  examplesFile,
  examplesName,
  glance,
  manifestFile,
  splitsFile,
  splitsName,
  startAdding,
} from './dataset-folder.ts';
import type { DatasetStore } from './dataset-store.ts';
import { examplePlan, planExamples } from './plan-examples.ts';
import { askQuestion, questionKinds } from './question-grammar.ts';
import { createSurvey } from './texts/survey.ts';

/**
 * The built-in texts: questions, labelled by what they ask for, made up by a grammar from one seed. So the first
 * fine-tuning needs no download and is the same on every machine.
 */
export const questionsId = 'questions';
const questionsSeed = 2026;
const questionsPerKind = 400;

export interface LabelledQuestion {
  readonly text: string;
  readonly label: string;
}

/** All questions, each once, the kinds in turn. */
export function generateQuestions(seed: number = questionsSeed): readonly LabelledQuestion[] {
  const random = createRandom(seed, 'questions');
  const known = new Set<string>();
  return Array.from({ length: questionsPerKind * questionKinds.length }, (_, index) => {
    const label = questionKinds[index % questionKinds.length]!;
    let text = askQuestion(label, random);
    while (known.has(text)) text = askQuestion(label, random);
    known.add(text);
    return { text, label };
  });
}

/** Puts the questions into the library at its first start, and back into their place when a file was lost or changed. */
export async function ensureQuestions(store: DatasetStore, folder: string, createdAt: number): Promise<void> {
  const stored = store.getDataset(questionsId);
  const isOurs = stored?.id === questionsId && stored.kind === 'text-classes';
  if (isOurs && (await glance(folder, stored)) === 'ready') return;
  const made = makeQuestions();
  if (!isOurs) return addQuestions(store, folder, made, createdAt);
  if (stored.sha256 !== made.sha256) return; // an older generator's: ours cannot stand in for them
  await mkdir(join(folder, questionsId), { recursive: true });
  await writeFileAtomically(splitsFile(folder, questionsId, 1), made.planned.codes);
  await writeFileAtomically(manifestFile(folder, questionsId), JSON.stringify(textManifestOf(datasetOf(made))));
  await writeFileAtomically(examplesFile(folder, questionsId), made.content);
}

type Made = ReturnType<typeof makeQuestions>;

function makeQuestions() {
  const survey = createSurvey(questionsId);
  const questions = generateQuestions();
  for (const { text, label } of questions) survey.add({ text, pair: null, labels: [label], split: null });
  const surveyed = survey.finish();
  const lines = questions.map(({ text }, i): TextExample => ({ text, labels: [...surveyed.labels[i]!] }));
  const content = new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const columns = { text: 'text', pair: null, label: 'label', split: null };
  const { labelNames, lengths, duplicates, contradictions } = surveyed;
  return {
    ...{ content, sha256: sha256OfBytes(content) },
    planned: planExamples(examplePlan(null, null), surveyed, surveyed.given, columns.split),
    facts: { labels: [...labelNames], labelMode: 'single' as const, columns, lengths, duplicates, contradictions },
  };
}

const datasetOf = ({ facts, planned, content, sha256 }: Made) => ({
  ...{ kind: 'text-classes' as const, layout: null, id: questionsId, origin: 'built-in' as const },
  ...{ source: 'Questions by what they ask for, made up by the app', text: facts, version: planned.version },
  ...{ sha256, bytes: content.byteLength },
});

/** Where somebody has called a dataset so already, ours gets a longer name. */
async function addQuestions(store: DatasetStore, folder: string, made: Made, createdAt: number): Promise<void> {
  const taken = store.listDatasets().some(({ name }) => name.toLowerCase() === questionsId);
  const temporary = await startAdding(folder, questionsId);
  try {
    await writeFileAtomically(join(temporary, examplesName), made.content);
    await writeFileAtomically(join(temporary, splitsName(1)), made.planned.codes);
    const name = taken ? `${questionsId} (built in)` : questionsId;
    await addExamples(store, folder, { ...datasetOf(made), name, createdAt });
  } finally {
    await abandonAdding(folder, questionsId);
  }
}
