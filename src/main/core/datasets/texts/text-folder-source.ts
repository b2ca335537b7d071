import type { TextEncodingChoice } from '../../../../shared/datasets/text-encoding.ts';
import { quoted } from '../../../files/file-error.ts';
import type { FileSource, LeftOutFile, SourceFile } from '../../../files/file-source.ts';
import { decodeText } from '../../../files/text-encoding.ts';
import { isAboutOneFile, reasonBeside } from '../left-out.ts';
import { splitCodeOf } from './split-words.ts';
import type { RowOptions, TextRow, TextSource } from './text-source.ts';

interface PlacedFile {
  readonly file: SourceFile;
  readonly label: string;
  /** The folder above the label's, where that is the name of a split. */
  readonly split: string | null;
}

const isText = ({ path }: SourceFile): boolean => /\.(txt|text)$/i.test(path);
const isLitter = (path: string): boolean => path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** Whether a tree of files holds texts rather than images. */
export function holdsTexts(files: readonly SourceFile[]): boolean {
  const ours = files.filter(({ path }) => !isLitter(path));
  const texts = ours.filter(isText).length;
  return texts > 0 && texts >= ours.filter(({ path }) => /\.(png|jpe?g)$/i.test(path)).length;
}

/**
 * label/text.txt, at any depth: the innermost folder is the label. Where the folders above are all called train,
 * test ..., they are the split: train/pos/1.txt.
 */
export function textFolderSource(source: FileSource, encoding: TextEncodingChoice): TextSource {
  const leftOut: LeftOutFile[] = [...source.leftOut];
  const placed: PlacedFile[] = [];
  for (const file of source.files) {
    if (isLitter(file.path)) continue;
    const [split, label] = [undefined, undefined, ...file.path.normalize('NFC').split('/').slice(0, -1)].slice(-2);
    if (label === undefined) leftOut.push({ file: file.path, reason: 'not in a folder of a label' });
    else if (!isText(file)) leftOut.push({ file: file.path, reason: 'not a .txt file' });
    else placed.push({ file, label, split: split ?? null });
  }
  const given = placed.length > 0 && placed.every(({ split }) => split && splitCodeOf(split) !== undefined);
  return {
    format: 'text-folders',
    name: source.name,
    label: 'one folder of .txt files per label',
    columns: given ? ['text', 'label', 'split'] : ['text', 'label'],
    total: placed.length,
    labelCounts: countLabels(placed),
    leftOut,
    rows: (options) => rows(source, { placed, given: given ? 'yes' : 'no', encoding }, options),
    close: () => source.close(),
  };
}

function countLabels(placed: readonly PlacedFile[]) {
  const counts = new Map<string, number>();
  for (const { label } of placed) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, examples]) => ({ label, examples }));
}

interface Placing {
  readonly placed: readonly PlacedFile[];
  /** Whether folders give the splits. */
  readonly given: 'yes' | 'no';
  readonly encoding: TextEncodingChoice;
}

async function* rows(
  source: FileSource,
  { placed, given, encoding }: Placing,
  options: RowOptions,
): AsyncGenerator<TextRow> {
  const { signal, onProgress, every = 1 } = options;
  let done = 0;
  for (const [at, { file, label, split }] of placed.entries()) {
    if (at % every !== 0) continue;
    signal?.throwIfAborted();
    const text = await readText(source, file, encoding, options);
    done += 1;
    onProgress?.(done);
    if (text === null) continue;
    yield { where: quoted(file.path), file: file.path, cells: given === 'yes' ? [text, label, split] : [text, label] };
  }
}

/** Null when the file is left out. */
async function readText(
  source: FileSource,
  file: SourceFile,
  choice: TextEncodingChoice,
  { onLeftOut, onDecoded }: RowOptions,
): Promise<string | null> {
  try {
    const { text, encoding } = decodeText(await source.read(file), choice, quoted(file.path));
    onDecoded?.(encoding);
    return text;
  } catch (thrown) {
    if (!isAboutOneFile(thrown)) throw thrown;
    onLeftOut?.({ file: file.path, reason: reasonBeside(file.path, thrown) });
    return null;
  }
}
