import { type FromTrainer, type ToTrainer, toTrainerSchema } from '../../shared/contract/trainer.ts';

/** The channel to the core that started this process. */
export interface ParentChannel {
  /** Sends in order; does nothing once the parent is gone. */
  readonly report: (message: FromTrainer) => void;
  /** Resolves when everything reported so far has left this process, or the parent is gone. */
  readonly reported: () => Promise<void>;
}

export interface ParentListener {
  readonly onMessage: (message: ToTrainer) => void;
  /** A message outside the contract; the sentence says what was wrong. */
  readonly onInvalid: (sentence: string) => void;
  readonly onGone: () => void;
}

/** Listens to the parent; null when no parent with a channel started this process. */
export function openParentChannel(listener: ParentListener): ParentChannel | null {
  if (!process.send || !process.connected) return null;
  let lastSent: Promise<void> = Promise.resolve();

  process.on('message', (raw: unknown) => {
    const parsed = toTrainerSchema.safeParse(raw);
    if (parsed.success) listener.onMessage(parsed.data);
    else listener.onInvalid(`A message to the trainer does not fit the contract: ${parsed.error.message}`);
  });
  process.on('disconnect', listener.onGone);

  return {
    report: (message) => {
      if (!process.connected) return;
      lastSent = new Promise((resolve) => {
        process.send?.(message, undefined, {}, () => resolve()); // an error here means that the parent is gone
      });
    },
    reported: () => lastSent,
  };
}
