export interface SilenceWatch {
  /** Something was heard. */
  heard(): void;
  stop(): void;
}

/** Calls `onSilent` when nothing was heard for `afterMs`; once for each silence. */
export function watchSilence(afterMs: number, onSilent: () => void): SilenceWatch {
  let timer = setTimeout(onSilent, afterMs).unref();
  return {
    heard() {
      clearTimeout(timer);
      timer = setTimeout(onSilent, afterMs).unref();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
