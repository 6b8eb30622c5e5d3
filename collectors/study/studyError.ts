/** A study that cannot be begun or gone on with: the message names the file, what is wrong and what to do. */
export class StudyError extends Error {
  override readonly name = 'StudyError';
}
