import { type ErrorCode, InnerloopError, type RequestError, toRequestError } from '../../shared/contract/errors.ts';
import type { FieldError } from '../../shared/run-config/field-error.ts';
import { type ExitCode, UsageError } from './command.ts';
import type { Terminal } from './terminal.ts';

/** Codes that mean: what was asked is wrong, not what happened. */
const askedWrongly: readonly ErrorCode[] = ['invalid-request', 'invalid-config'];

/** Says on standard error why a command failed, in one sentence and one line for each wrong field; gives the exit code. */
export function showError(thrown: unknown, terminal: Terminal): ExitCode {
  terminal.clearStatus();
  const error = asData(thrown);
  if (error.fields.length === 0) terminal.note(error.message);
  else if (error.code === 'invalid-config') terminal.note(fieldsHeadline(error.fields.length));
  for (const field of error.fields) terminal.note(fieldLine(field));
  if (thrown instanceof UsageError && thrown.remedy !== null) terminal.note(thrown.remedy);
  if (error.code === 'internal' && error.detail !== null) terminal.note(error.detail);
  terminal.answer({ error: { code: error.code, message: error.message, fields: error.fields } });
  return askedWrongly.includes(error.code) ? 2 : error.code === 'cancelled' ? 130 : 1;
}

function asData(thrown: unknown): RequestError {
  if (thrown instanceof UsageError) {
    return { code: 'invalid-request', message: thrown.message, detail: thrown.remedy, fields: [] };
  }
  return toRequestError(thrown);
}

const fieldsHeadline = (count: number): string =>
  count === 1 ? 'The config has 1 wrong field:' : `The config has ${count} wrong fields:`;

/** "  inner.rate is -1; allowed: a number above 0, at most 100." */
export function fieldLine({ message, nearest }: FieldError): string {
  if (nearest === undefined || message.includes('Did you mean')) return `  ${message}`;
  return typeof nearest === 'string' ? `  ${message} Did you mean ${nearest}?` : `  ${message} Nearest: ${nearest}.`;
}

/** The error of a config with these wrong fields. */
export function wrongConfig(errors: readonly FieldError[]): InnerloopError {
  const fields = errors.map((error) => ({ ...error }));
  return new InnerloopError('invalid-config', fields.map(({ message }) => message).join(' '), { fields });
}
