import type { ReactNode } from 'react';

/** A keycap. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd>{children}</kbd>;
}

/** Keycaps of a shortcut such as "Ctrl Shift Z"; on macOS Ctrl reads as the command sign. */
export function Keys({ keys }: { readonly keys: string }) {
  const mac = navigator.platform.startsWith('Mac');
  return (
    <span className="keys" aria-hidden="true">
      {keys.split(' ').map((key) => (
        <kbd key={key}>{mac && key === 'Ctrl' ? '⌘' : key}</kbd>
      ))}
    </span>
  );
}
