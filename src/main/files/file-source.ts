/** Files below an archive or a folder: importers do not see the difference. Nothing is ever unpacked to disk. */
export interface FileSource {
  readonly kind: 'archive' | 'folder';
  /** Name of the archive or folder, without its path. */
  readonly name: string;
  /** Plain files in the order of their paths. */
  readonly files: readonly SourceFile[];
  /** What is there but is not offered, such as links. */
  readonly leftOut: readonly LeftOutFile[];
  /** The whole content; throws `bad-file` when it is damaged, `too-large` when it is beyond the limits. */
  read(file: SourceFile): Promise<Uint8Array>;
  /** The first bytes (some kilobytes, less only when the file is shorter), without reading the rest. */
  readHead(file: SourceFile): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface SourceFile {
  /** Below the source, with slashes on every system. */
  readonly path: string;
}

export interface LeftOutFile {
  readonly file: string;
  readonly reason: string;
}

export interface SourceLimits {
  /** Entries of an archive, or files and folders below a folder. */
  readonly entries: number;
  /** Content of one file. */
  readonly fileBytes: number;
  /** Content of all files of an archive. */
  readonly totalBytes: number;
  /** Unpacked to packed size of an archive entry, asked of entries over `ratioFromBytes`. */
  readonly compressionRatio: number;
  readonly ratioFromBytes: number;
  /** Folders in folders. */
  readonly depth: number;
}

export const sourceLimits: SourceLimits = {
  entries: 200_000,
  fileBytes: 64_000_000,
  totalBytes: 20_000_000_000,
  compressionRatio: 200,
  ratioFromBytes: 1_000_000,
  depth: 32,
};

export interface OpenSourceOptions {
  readonly limits?: SourceLimits;
  readonly signal?: AbortSignal;
  /** Files found so far, while the list is read. */
  readonly onFound?: (files: number) => void;
}
