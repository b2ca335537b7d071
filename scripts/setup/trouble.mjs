/** A set-up step cannot go on: one plain sentence about what is wrong, one about what to do. */
export class Trouble extends Error {
  /**
   * @param {string} problem what is wrong, in one sentence
   * @param {string} remedy what the reader can do about it, in one sentence or one command
   */
  constructor(problem, remedy) {
    super(`${problem}\n${remedy}`);
    this.name = 'Trouble';
    this.problem = problem;
    this.remedy = remedy;
  }
}

/**
 * Turns the errors that an operating system raises while files are written into a Trouble; others pass as they are.
 * @param {unknown} error
 * @param {string} place the folder that was written to
 * @returns {unknown}
 */
export function explainFileError(error, place) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') {
    return new Trouble(
      `The disk that holds ${place} is full.`,
      'Free some space, or set INNERLOOP_CACHE to a folder on another disk.',
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Trouble(
      `${place} cannot be written (${code}).`,
      'Give yourself write access to it, or set INNERLOOP_CACHE to another folder.',
    );
  }
  return error;
}
