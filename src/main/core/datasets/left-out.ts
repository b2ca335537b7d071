import { type ErrorCode, InnerloopError } from '../../../shared/contract/errors.ts';

const ofOneFile: readonly ErrorCode[] = ['bad-file', 'not-found', 'too-large', 'unsafe-path'];

/** Whether an error concerns a single file, which can be left out, and not the import as a whole. */
export const isAboutOneFile = (thrown: unknown): thrown is InnerloopError =>
  thrown instanceof InnerloopError && ofOneFile.includes(thrown.code);
