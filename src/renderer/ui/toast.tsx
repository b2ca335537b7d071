import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { Button, IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

/** Something done at once that can be taken back for 8 seconds in the toast, and later with Ctrl+Z. */
export interface Act {
  readonly icon: IconName;
  /** "6 runs archived" */
  readonly done: string;
  /** "from fomaml-mini-5w1s" */
  readonly detail?: string;
  readonly act: () => Promise<unknown>;
  readonly undo: () => Promise<unknown>;
}

export interface Toasts {
  /** Does the act, says so, and keeps the way back. Failures are told, never thrown. */
  readonly perform: (act: Act) => Promise<void>;
  readonly tell: (text: string, icon?: IconName) => void;
  readonly tellFailure: (thrown: unknown) => void;
  readonly undoLast: () => void;
  readonly redoLast: () => void;
}

interface Shown {
  readonly key: number;
  readonly icon: IconName;
  readonly text: string;
  readonly detail: string | undefined;
  readonly level: 'done' | 'failed';
  readonly undo: (() => void) | undefined;
}

const shownMs = 8000;
const keptActs = 50;
const Context = createContext<Toasts | null>(null);

export function useToasts(): Toasts {
  const toasts = useContext(Context);
  if (!toasts) throw new Error('useToasts needs a ToastProvider around it.');
  return toasts;
}

const sentenceOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const next = useRef(0);
  const undoable = useRef<Act[]>([]);
  const redoable = useRef<Act[]>([]);

  const show = useCallback((toast: Omit<Shown, 'key'>) => setShown({ ...toast, key: ++next.current }), []);
  const tellFailure = useCallback(
    (thrown: unknown) =>
      show({ icon: 'alert', text: sentenceOf(thrown), detail: undefined, level: 'failed', undo: undefined }),
    [show],
  );
  const tell = useCallback(
    (text: string, icon: IconName = 'info') => show({ icon, text, detail: undefined, level: 'done', undo: undefined }),
    [show],
  );

  const takeBack = useCallback(
    async (act: Act) => {
      undoable.current = undoable.current.filter((kept) => kept !== act);
      try {
        await act.undo();
        redoable.current.push(act);
        show({ icon: 'undo', text: 'Undone', detail: act.done, level: 'done', undo: undefined });
      } catch (thrown) {
        tellFailure(thrown);
      }
    },
    [show, tellFailure],
  );

  const run = useCallback(
    async (act: Act) => {
      try {
        await act.act();
        undoable.current = [...undoable.current, act].slice(-keptActs);
        const undo = () => void takeBack(act);
        show({ icon: act.icon, text: act.done, detail: act.detail, level: 'done', undo });
      } catch (thrown) {
        tellFailure(thrown);
      }
    },
    [show, takeBack, tellFailure],
  );

  const toasts = useMemo<Toasts>(
    () => ({
      tell,
      tellFailure,
      perform: (act) => {
        redoable.current = [];
        return run(act);
      },
      undoLast: () => {
        const act = undoable.current.at(-1);
        if (act) void takeBack(act);
        else tell('Nothing to undo', 'undo');
      },
      redoLast: () => {
        const act = redoable.current.pop();
        if (act) void run(act);
      },
    }),
    [run, takeBack, tell, tellFailure],
  );

  return (
    <Context value={toasts}>
      {children}
      <div className="toasts" role="status" aria-live="polite" data-region="Message">
        {shown && <Toast key={shown.key} shown={shown} onEnd={() => setShown(null)} />}
      </div>
    </Context>
  );
}

/** Hover and focus stop its clock. */
function Toast({ shown, onEnd }: { readonly shown: Shown; readonly onEnd: () => void }) {
  const [left, setLeft] = useState(shownMs);
  const held = useRef(false);
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    const tickMs = 250;
    const timer = setInterval(() => {
      if (!held.current) setLeft((ms) => ms - tickMs);
    }, tickMs);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) end.current();
  }, [left]);
  const hold = () => {
    held.current = true;
  };
  const release = () => {
    held.current = false;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hover only stops the clock
    <div
      className={shown.level === 'failed' ? 'toast failed' : 'toast'}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      <Icon name={shown.icon} />
      <span className="trunc">
        <b className="strong">{shown.text}</b> {shown.detail && <span className="muted">{shown.detail}</span>}
      </span>
      {shown.undo && (
        <Button
          icon="undo"
          keys="Ctrl Z"
          onClick={() => {
            shown.undo?.();
          }}
        >
          Undo
        </Button>
      )}
      {!shown.undo && <IconButton icon="x" label="Close message" onClick={onEnd} />}
      <span className="left" aria-hidden="true" style={{ '--v': `${(left / shownMs) * 100}%` } as React.CSSProperties}>
        <i />
      </span>
      <span className="left-number muted num" aria-hidden="true">
        {Math.ceil(left / 1000)} s
      </span>
    </div>
  );
}
