import { useEffect, useRef } from 'react';
import { preferences } from './preferences.ts';

/**
 * One listener for the window's keys. Chords are written as on the keys sheet: `N`, `/`, `Ctrl K`, `Ctrl Shift Z`,
 * `Alt Up`, `Delete`; a sequence has a comma: `G, R`. Single characters act only when no text field has the focus.
 */
export type Shortcuts = readonly (readonly [chord: string, act: (event: KeyboardEvent) => void])[];

const named: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ' ': 'Space',
  Escape: 'Esc',
};

const isMac = (): boolean => navigator.platform.startsWith('Mac');

/** The chord of a key press; on macOS the command key counts as Ctrl. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const letter = event.key.length === 1;
  const key = named[event.key] ?? (letter ? event.key.toUpperCase() : event.key);
  const cased = !letter || key !== event.key.toLowerCase(); // "?" is typed with Shift, which says nothing more
  return [
    (isMac() ? event.metaKey : event.ctrlKey) ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && cased ? 'Shift' : '',
    key,
  ]
    .filter(Boolean)
    .join(' ');
}

const sets: { readonly current: Shortcuts }[] = [];
let sequenceStart: { readonly key: string; readonly at: number } | null = null;
const sequenceMs = 1200;

/** Keys that a text field has a meaning of its own for. */
const editing: ReadonlySet<string> = new Set(['Ctrl Z', 'Ctrl Shift Z', 'Ctrl A', 'Alt Left', 'Alt Right']);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)));

const dialogIsOpen = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const chord = chordOf(event);
  const single = !event.ctrlKey && !event.metaKey && !event.altKey;
  const typing = isTyping(event.target);
  if (typing && editing.has(chord)) return;
  if (single && ((typing && !/^F\d+$/.test(event.key)) || dialogIsOpen())) return;
  if (single && event.key.length === 1 && preferences().letterKeys === 'off') return;
  const started = sequenceStart;
  sequenceStart = null;
  const sequence = started && event.timeStamp - started.at < sequenceMs ? `${started.key}, ${chord}` : null;
  for (let index = sets.length - 1; index >= 0; index--) {
    const shortcuts = sets[index]!.current;
    const act = (sequence ? actFor(shortcuts, sequence) : undefined) ?? actFor(shortcuts, chord);
    if (!act) continue;
    event.preventDefault();
    act(event);
    return;
  }
  if (sets.some(({ current }) => current.some(([keys]) => keys.startsWith(`${chord}, `)))) {
    sequenceStart = { key: chord, at: event.timeStamp };
  }
}

const actFor = (shortcuts: Shortcuts, chord: string) => shortcuts.find(([keys]) => keys === chord)?.[1];

/** Holds these keys while the component is mounted; what is mounted later goes first. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    if (sets.length === 0) window.addEventListener('keydown', handle);
    sets.push(latest);
    return () => {
      sets.splice(sets.indexOf(latest), 1);
      if (sets.length === 0) window.removeEventListener('keydown', handle);
    };
  }, []);
}
