import { z } from 'zod';
import { requestErrorSchema } from './errors.ts';

/**
 * Frames between a client (shell or terminal) and the core, over a child-process channel or a local socket
 * (structured clone, so typed arrays cross as they are).
 */
export const clientFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request'), id: z.number().int(), name: z.string(), body: z.unknown() }),
  /** The client goes; the core answers `left` and ends when nobody else is attached. */
  z.object({ type: z.literal('leave') }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

export const coreFrameSchema = z.discriminatedUnion('type', [
  /** The core is ready for requests. */
  z.object({ type: z.literal('ready'), version: z.string() }),
  z.object({ type: z.literal('answer'), id: z.number().int(), body: z.unknown() }),
  z.object({ type: z.literal('refusal'), id: z.number().int(), error: requestErrorSchema }),
  z.object({ type: z.literal('event'), name: z.string(), body: z.unknown() }),
  /** Answer to `leave`: `ending` cores pause their runs and exit, which closes the channel. */
  z.object({ type: z.literal('left'), core: z.enum(['ending', 'staying']) }),
  /** The core cannot start and will exit: the data folder is newer, in use, or unreadable. */
  z.object({ type: z.literal('fatal'), error: requestErrorSchema }),
]);
export type CoreFrame = z.infer<typeof coreFrameSchema>;
