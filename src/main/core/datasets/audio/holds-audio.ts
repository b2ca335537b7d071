import type { SourceFile } from '../../../files/file-source.ts';

export const isWav = ({ path }: SourceFile): boolean => /\.wave?$/i.test(path);

/** What systems leave about. */
export const isLitter = ({ path }: SourceFile): boolean =>
  path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** Whether a tree of files holds clips of sound: mostly .wav files. */
export function holdsAudio(files: readonly SourceFile[]): boolean {
  const ours = files.filter((file) => !isLitter(file));
  const clips = ours.filter(isWav).length;
  return clips > 0 && clips * 2 > ours.length;
}
