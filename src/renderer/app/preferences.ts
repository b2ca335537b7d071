import { useSyncExternalStore } from 'react';
import { request, shell } from './core.ts';

/**
 * How the window looks and behaves for this user. Kept in the core's settings (so that they travel with the data
 * folder) and mirrored in the page's own storage, which can be read before the first paint (see public/first-paint.js).
 */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'compact' | 'default' | 'relaxed';
  /** Size of all text and controls, in percent. */
  readonly textSize: '90' | '100' | '110' | '125';
  readonly navigation: 'wide' | 'narrow';
  /** Single letters as commands; some assistive tools type them. */
  readonly letterKeys: 'on' | 'off';
}

export const defaultPreferences: Preferences = {
  theme: 'system',
  density: 'default',
  textSize: '100',
  navigation: 'wide',
  letterKeys: 'on',
};

const allowed: { readonly [Key in keyof Preferences]: readonly Preferences[Key][] } = {
  theme: ['system', 'light', 'dark'],
  density: ['compact', 'default', 'relaxed'],
  textSize: ['90', '100', '110', '125'],
  navigation: ['wide', 'narrow'],
  letterKeys: ['on', 'off'],
};

const mirrorKey = 'innerloop.preferences';
const settingPrefix = 'window.';

let current: Preferences = { ...defaultPreferences, ...readMirror() };
const listeners = new Set<() => void>();

function readMirror(): Partial<Preferences> {
  if (typeof localStorage === 'undefined') return {};
  return known(parseRecord(localStorage.getItem(mirrorKey)));
}

function parseRecord(text: string | null): Record<string, unknown> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // a damaged mirror is as good as none: the core has the truth
  }
}

/** Only keys and values that this version knows. */
function known(record: Readonly<Record<string, unknown>>): Partial<Preferences> {
  return Object.fromEntries(
    Object.entries(allowed).flatMap(([key, values]) =>
      (values as readonly unknown[]).includes(record[key]) ? [[key, record[key]]] : [],
    ),
  );
}

function adopt(next: Preferences): void {
  current = next;
  localStorage.setItem(mirrorKey, JSON.stringify(next));
  applyToPage();
  for (const listener of listeners) listener();
}

const roomy = (): MediaQueryList => window.matchMedia('(min-width: 1181px)');
const darkSystem = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

/** The theme that is shown: the system's where the user left it to it. */
export const shownTheme = (): 'light' | 'dark' =>
  current.theme === 'system' ? (darkSystem().matches ? 'dark' : 'light') : current.theme;

function applyToPage(): void {
  const root = document.documentElement;
  root.dataset.theme = shownTheme();
  root.dataset.density = current.density;
  root.dataset.nav = roomy().matches ? current.navigation : 'narrow';
  root.dataset.textSize = current.textSize;
}

/** Reads the core's settings once, follows the system's theme, and tells the native frame. */
export function startPreferences(): void {
  applyToPage();
  document.documentElement.dataset.platform = shell.platform();
  darkSystem().addEventListener('change', () => adopt(current));
  roomy().addEventListener('change', () => adopt(current));
  void shell.setTheme(current.theme);
  void request('settings.get', null).then(
    (settings) => {
      const stored = Object.fromEntries(
        Object.entries(settings)
          .filter(([key]) => key.startsWith(settingPrefix))
          .map(([key, value]) => [key.slice(settingPrefix.length), value]),
      );
      adopt({ ...current, ...known(stored) });
    },
    () => undefined, // without an answer the mirror stands
  );
}

/** Changes one preference here and in the core. */
export function setPreference<Key extends keyof Preferences>(key: Key, value: Preferences[Key]): void {
  adopt({ ...current, [key]: value });
  if (key === 'theme') void shell.setTheme(current.theme);
  void request('settings.set', { key: settingPrefix + key, value }).catch(() => undefined); // the mirror keeps it
}

const follow = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePreferences = (): Preferences => useSyncExternalStore(follow, () => current);
export const useShownTheme = (): 'light' | 'dark' => useSyncExternalStore(follow, shownTheme);
export const preferences = (): Preferences => current;

/** Narrow by the user's choice, or because the window is. */
export const useNavigationWidth = (): Preferences['navigation'] =>
  useSyncExternalStore(follow, () => (roomy().matches ? current.navigation : 'narrow'));
