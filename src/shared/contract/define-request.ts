import type { z } from 'zod';

/** A request of the contract: what is asked and what is answered, each with its type. */
export const define = <Request extends z.ZodType, Response extends z.ZodType>(
  request: Request,
  response: Response,
) => ({
  request,
  response,
});
