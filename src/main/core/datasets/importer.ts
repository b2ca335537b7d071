/** One way to read classes out of a tree of files. Siblings behind this interface; the registry is in importers.ts. */
export interface DatasetImporter {
  readonly id: 'omniglot' | 'folder-per-class';
  /** "Omniglot layout": what a dataset's source line says. */
  readonly label: string;
  /** The class of a file by its path, or why it has none. `source` is the name of the archive or folder, without ".zip". */
  classOf(path: readonly string[], source: string): FilePlace;
}

export type FilePlace = { readonly name: string; readonly group: string } | { readonly reason: string };
