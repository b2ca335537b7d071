const plainWords = new Set(['then', 'to']);
const arrows: Readonly<Record<string, string>> = { Up: '↑', Down: '↓', Left: '←', Right: '→', Enter: '⏎' };

export interface KeysProps {
  /** A shortcut as `Ctrl Shift Z`; on macOS Ctrl reads as the command sign. */
  readonly keys: string;
  /** Read by screen readers too; beside a command they are hidden, since `aria-keyshortcuts` says them. */
  readonly spoken?: boolean;
}

/** Keycaps of a shortcut. */
export function Keys({ keys, spoken }: KeysProps) {
  const mac = navigator.platform.startsWith('Mac');
  return (
    <span className="keys" aria-hidden={spoken ? undefined : true}>
      {keys.split(' ').map((key) =>
        plainWords.has(key) ? (
          <span key={key} className="muted">
            {key}
          </span>
        ) : (
          <kbd key={key}>{mac && key === 'Ctrl' ? '⌘' : (arrows[key] ?? key)}</kbd>
        ),
      )}
    </span>
  );
}
