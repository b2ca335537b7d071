import { naturalOrder } from '../../../shared/text/natural-order.ts';
import type { LeftOutFile, SourceFile } from '../../files/file-source.ts';
import type { DatasetImporter } from './importer.ts';
import { detectImporter, importers } from './importers.ts';

/** A class to be, with the files that its path puts into it. */
export interface CollectedClass {
  readonly name: string;
  readonly group: string;
  readonly files: readonly SourceFile[];
}

export interface CollectedClasses {
  readonly importer: DatasetImporter;
  /** By group, then by name, in natural order. */
  readonly classes: readonly CollectedClass[];
  readonly leftOut: readonly LeftOutFile[];
}

/** Puts files into classes by their paths alone. What systems leave about (".DS_Store", "__MACOSX") is not mentioned. */
export function collectClasses(
  files: readonly SourceFile[],
  source: string,
  as: 'auto' | DatasetImporter['id'],
): CollectedClasses {
  const named = files.map((file) => ({ file, parts: file.path.normalize('NFC').split('/') }));
  const ours = named.filter(({ parts }) => !parts.some(isLitter));
  const importer = as === 'auto' ? detectImporter(ours.map(({ parts }) => parts).filter(isImageName)) : importers[as];
  const classes = new Map<string, { name: string; group: string; files: SourceFile[] }>();
  const leftOut: LeftOutFile[] = [];
  for (const { file, parts } of ours) {
    const place = importer.classOf(parts, source);
    if ('reason' in place) {
      leftOut.push({ file: file.path, reason: place.reason });
      continue;
    }
    const known = classes.get(place.name);
    if (known) known.files.push(file);
    else classes.set(place.name, { ...place, files: [file] });
  }
  const ordered = [...classes.values()].sort((a, b) => naturalOrder(a.group, b.group) || naturalOrder(a.name, b.name));
  return { importer, classes: ordered, leftOut };
}

const isLitter = (part: string): boolean =>
  part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db' || part === 'desktop.ini';

const isImageName = (parts: readonly string[]): boolean => /\.(png|jpe?g)$/i.test(parts.at(-1)!);
