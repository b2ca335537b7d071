import { type ErrorCode, InnerloopError } from '../../../shared/contract/errors.ts';
import { quoted } from '../../files/file-error.ts';

const ofOneFile: readonly ErrorCode[] = ['bad-file', 'not-found', 'too-large', 'unsafe-path'];

/** Whether an error concerns a single file, which can be left out, and not the import as a whole. */
export const isAboutOneFile = (thrown: unknown): thrown is InnerloopError =>
  thrown instanceof InnerloopError && ofOneFile.includes(thrown.code);

/** The sentence of an error as a reason beside the file's name, which it need not begin with then. */
export function reasonBeside(file: string, thrown: InnerloopError): string {
  const name = `${quoted(file)} `;
  return thrown.message.startsWith(name) ? thrown.message.slice(name.length) : thrown.message;
}
