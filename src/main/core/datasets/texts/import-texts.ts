import { join } from 'node:path';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import {
  defaultTextImport,
  type TextColumns,
  type TextExample,
  type TextFacts,
  type TextImport,
} from '../../../../shared/datasets/text.ts';
import { encodingNote } from '../../../../shared/datasets/text-encoding.ts';
import { type AtomicFile, writeAtomically, writeFileAtomically } from '../../../files/atomic-write.ts';
import { quoted } from '../../../files/file-error.ts';
import { addExamples } from '../add-dataset.ts';
import { abandonAdding, examplesName, splitsName, startAdding } from '../dataset-folder.ts';
import type { ImportOrder, ImportSurroundings } from '../import-order.ts';
import { isAboutOneFile, reasonBeside } from '../left-out.ts';
import { examplePlan, planExamples } from '../plan-examples.ts';
import { requireSpace } from '../require-space.ts';
import { chooseColumns, rowsForGuess } from './choose-columns.ts';
import { countEncodings, type EncodingCount } from './count-encodings.ts';
import { firstRows } from './first-rows.ts';
import { type ExampleReader, exampleReader, type ReadExample } from './read-example.ts';
import { createSurvey, type SurveyedTexts } from './survey.ts';
import type { TextSource } from './text-source.ts';

/** What an import reads of its source. */
interface Reading {
  readonly source: TextSource;
  readonly read: ExampleReader;
  readonly around: ImportSurroundings;
  /** Of the first reading. */
  readonly encodings: EncodingCount;
}

/**
 * Imports texts in two readings: the first checks every row and counts, the second writes. Nothing is added until
 * everything is done. Throws `bad-file` or `too-large` that names the row, and what the store throws.
 */
export async function importTexts(order: ImportOrder, source: TextSource, around: ImportSurroundings): Promise<void> {
  const { progress, signal } = around;
  const choices: TextImport = order.request.text ?? defaultTextImport;
  const wishedPlan = order.request.splits;
  const splitColumn = wishedPlan?.kind === 'given' ? wishedPlan.column : null;
  progress.note({ kind: 'text-classes' });
  progress.leaveOut(source.leftOut);
  const guessed = chooseColumns(source, await firstRows(source, rowsForGuess, { signal }), { ...choices, splitColumn });
  const plan = examplePlan(wishedPlan, guessed.split);
  const columns: TextColumns = plan.kind === 'given' ? guessed : { ...guessed, split: null };
  const encodings = countEncodings(source, choices.encoding);
  const reading = { source, read: exampleReader(source, columns, choices.separator), around, encodings };
  const surveyed = await survey(reading);
  await checkSpace(source, around.folder);
  const planned = planExamples(plan, surveyed, surveyed.given, columns.split); // a split that cannot be is said before the work
  const facts = { ...factsOf(surveyed, columns, choices), encoding: encodings.facts() };
  noteWarnings(facts, planned.version.facts.shared, around);
  const temporary = await startAdding(around.folder, order.datasetId);
  try {
    const written = await writeExamples(join(temporary, examplesName), reading, surveyed);
    progress.stage('splitting', 1);
    await writeFileAtomically(join(temporary, splitsName(1)), planned.codes);
    signal.throwIfAborted();
    await addExamples(around.store, around.folder, {
      kind: 'text-classes',
      layout: null,
      id: order.datasetId,
      name: order.name,
      origin: 'imported',
      source: `${source.name}, ${source.label}`,
      sha256: written.sha256,
      bytes: written.bytes,
      text: facts,
      version: planned.version,
      createdAt: around.now(),
      signal,
    });
  } catch (thrown) {
    await abandonAdding(around.folder, order.datasetId);
    throw thrown;
  }
}

async function survey(reading: Reading): Promise<SurveyedTexts> {
  const { source, around } = reading;
  around.progress.stage('checking', source.total);
  const survey = createSurvey(source.name);
  for await (const example of examplesOf(reading, 'tell')) survey.add(example);
  around.progress.note({ classes: survey.labelsFound, examples: survey.examples });
  if (survey.examples === 0) throw new InnerloopError('bad-file', `${quoted(source.name)} holds no examples.`);
  const surveyed = survey.finish();
  if (surveyed.labelNames.length < 2) {
    const [only] = surveyed.labelNames;
    const found = only === undefined ? 'no labels' : `one label only, ${quoted(only)}`;
    throw new InnerloopError('bad-file', `${quoted(source.name)} has ${found}; at least two are needed.`);
  }
  around.progress.note({ duplicates: surveyed.duplicates });
  return surveyed;
}

/** Examples of a source. Of folders, a file that is none is left out; of a table, such a line ends the import. */
async function* examplesOf(reading: Reading, leftOut: 'tell' | 'told'): AsyncGenerator<ReadExample> {
  const { source, read, around, encodings } = reading;
  const { progress, signal } = around;
  const tell = (file: string, reason: string): void => {
    if (leftOut === 'tell') progress.leaveOut([{ file, reason }]);
  };
  const first = leftOut === 'tell' ? { onProgress: progress.done, onDecoded: encodings.add } : {};
  for await (const row of source.rows({ signal, ...first, onLeftOut: ({ file, reason }) => tell(file, reason) })) {
    signal.throwIfAborted();
    let example: ReadExample;
    try {
      example = read(row);
    } catch (thrown) {
      if (row.file === undefined || !isAboutOneFile(thrown)) throw thrown;
      tell(row.file, reasonBeside(row.file, thrown));
      continue;
    }
    yield example;
  }
}

const partCharacters = 1 << 20;

async function writeExamples(path: string, reading: Reading, surveyed: SurveyedTexts) {
  const { progress } = reading.around;
  progress.stage('converting', surveyed.labels.length);
  return writeAtomically(path, async (file) => {
    let example = 0;
    let part = '';
    for await (const { text, pair, labels } of examplesOf(reading, 'told')) {
      const positions = surveyed.labels[example];
      if (
        positions
          ?.map((position) => surveyed.labelNames[position])
          .sort()
          .join('\0') !== [...labels].sort().join('\0')
      ) {
        throw changedMeanwhile(reading.source);
      }
      const line: TextExample = { text, ...(pair === null ? {} : { pair }), labels: [...positions] };
      part += `${JSON.stringify(line)}\n`;
      example += 1;
      if (part.length >= partCharacters) {
        await append(file, part);
        part = '';
        progress.done(example);
      }
    }
    if (example !== surveyed.labels.length) throw changedMeanwhile(reading.source);
    await append(file, part);
    progress.done(example);
  });
}

const append = (file: AtomicFile, part: string): Promise<void> => file.append(new TextEncoder().encode(part));

const changedMeanwhile = ({ name }: TextSource): InnerloopError =>
  new InnerloopError('bad-file', `${quoted(name)} changed while it was read. Import it again.`);

function factsOf(surveyed: SurveyedTexts, columns: TextColumns, { separator }: TextImport): TextFacts {
  const { labelNames, lengths, duplicates, contradictions } = surveyed;
  const labelMode = separator === null ? ('single' as const) : ('multi' as const);
  return { labels: [...labelNames], labelMode, columns, lengths, duplicates, contradictions };
}

function noteWarnings({ contradictions, encoding }: TextFacts, shared: number, { progress }: ImportSurroundings): void {
  const several = (amount: number, one: string, more: string): string =>
    amount === 1 ? `1 ${one}` : `${amount.toLocaleString('en')} ${more}`;
  const read = encoding ? encodingNote(encoding) : null;
  const warnings = [
    ...(read === null ? [] : [read]),
    ...(contradictions > 0
      ? [`${several(contradictions, 'text stands', 'texts stand')} here again with other labels.`]
      : []),
    ...(shared > 0
      ? [`${several(shared, 'text is', 'texts are')} in more than one split: a measurement on them is no test.`]
      : []),
  ];
  progress.note({ warnings });
}

/** JSON is a little larger than most tables and smaller than most folders on disk. */
async function checkSpace({ format, total }: TextSource, folder: string): Promise<void> {
  if (format !== 'text-folders') await requireSpace(folder, total * 1.1); // a full disk is noticed later
}
