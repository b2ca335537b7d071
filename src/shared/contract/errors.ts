import { z } from 'zod';

/** Every way in which a request can fail, as data. Thrown inside a process, converted once at its edge. */
export const errorCodes = [
  'invalid-request', // the message does not fit the contract
  'invalid-config', // a run config has wrong fields: see `fields`
  'not-found', // a run, dataset, checkpoint or job that does not exist
  'wrong-state', // not possible in the run's present state
  'in-use', // a dataset that runs use, a name that is taken
  'bad-file', // a file that cannot be read as what it should be
  'unsafe-path', // an archive entry or link that leaves its folder
  'too-large', // a file or image beyond a stated limit
  'no-space', // the disk is full
  'newer-schema', // the data folder was written by a newer Innerloop
  'home-in-use', // another core holds the data folder
  'device-unavailable', // a GPU was asked for and there is none
  'out-of-memory',
  'not-finite', // the loss became NaN or infinite
  'trainer-died', // the trainer process ended without saying so
  'cancelled',
  'core-unavailable', // the core is restarting
  'internal', // a bug: the detail has the stack
] as const;
export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

export const fieldErrorSchema = z.object({
  path: z.string(),
  message: z.string(),
  allowed: z.string(),
  nearest: z.union([z.number(), z.string()]).optional(),
});

export const requestErrorSchema = z.object({
  code: errorCodeSchema,
  /** One plain sentence for the user: what happened, where, what to do. */
  message: z.string(),
  detail: z.string().nullable(),
  fields: z.array(fieldErrorSchema),
});
export type RequestError = z.infer<typeof requestErrorSchema>;

/** The thrown form of a RequestError. */
export class InnerloopError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | null;
  readonly fields: RequestError['fields'];

  constructor(
    code: ErrorCode,
    message: string,
    more: { detail?: string | null; fields?: RequestError['fields']; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'InnerloopError';
    this.code = code;
    this.detail = more.detail ?? null;
    this.fields = more.fields ?? [];
  }
}

/** Converts whatever was thrown into data, at the edge of a process. */
export function toRequestError(thrown: unknown): RequestError {
  if (thrown instanceof InnerloopError) {
    return { code: thrown.code, message: thrown.message, detail: thrown.detail, fields: [...thrown.fields] };
  }
  if (thrown instanceof Error) {
    const { code } = thrown as { readonly code?: unknown };
    if (code === 'ENOSPC' || code === 'SQLITE_FULL')
      return {
        code: 'no-space',
        message: 'The disk is full. Free some space and try again.',
        detail: thrown.message,
        fields: [],
      };
    return { code: 'internal', message: thrown.message, detail: thrown.stack ?? null, fields: [] };
  }
  return { code: 'internal', message: String(thrown), detail: null, fields: [] };
}

/** For exhaustive switches: the compiler refuses a forgotten case, and so does the running program. */
export function assertNever(value: never, what: string): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
