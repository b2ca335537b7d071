import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { FileSource } from '../../../files/file-source.ts';
import type { ImportOrder, ImportSurroundings } from '../import-order.ts';

/** Imports clips. */
export async function importAudio(
  _order: ImportOrder,
  _source: FileSource,
  _around: ImportSurroundings,
): Promise<void> {
  throw new InnerloopError('wrong-state', 'Clips of sound cannot be imported yet.');
}
