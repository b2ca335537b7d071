import type { SourceFile } from '../../../files/file-source.ts';

/** Whether a tree of files holds clips of sound: mostly .wav files. */
export function holdsAudio(files: readonly SourceFile[]): boolean {
  const ours = files.filter(({ path }) => !path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX'));
  const clips = ours.filter(({ path }) => /\.wav$/i.test(path)).length;
  return clips > 0 && clips * 2 > ours.length;
}
