import { InnerloopError } from '../../../shared/contract/errors.ts';
import { quoted } from '../../files/file-error.ts';
import type { FileSource, LeftOutFile, SourceFile } from '../../files/file-source.ts';
import { type ImageHeader, imageLimitProblem, readImageHeader } from '../../files/image-header.ts';
import { isAboutOneFile } from './left-out.ts';

/**
 * Reads the header of one file. Null when it is an image to go on with, a reason when it is to be left out;
 * throws `too-large`, which refuses the whole import, when it claims more pixels than are ever decoded.
 */
export async function checkImage(source: FileSource, file: SourceFile): Promise<LeftOutFile | null> {
  let header: ImageHeader;
  try {
    header = readImageHeader(await source.readHead(file));
    if (header.kind === 'incomplete') header = readImageHeader(await source.read(file));
  } catch (thrown) {
    if (!isAboutOneFile(thrown)) throw thrown;
    return { file: file.path, reason: thrown.message };
  }
  if (header.kind === 'unreadable') return { file: file.path, reason: header.reason };
  if (header.kind === 'incomplete') return { file: file.path, reason: 'a JPEG without a frame header' };
  const problem = imageLimitProblem(header.width, header.height);
  if (problem === null) return null;
  throw new InnerloopError('too-large', `The image ${quoted(file.path)} ${problem}. Nothing was imported.`);
}
