import { useState } from 'react';
import { Outlet, useNavigate } from 'react-router';
import { CommandPalette } from '../features/palette/command-palette.tsx';
import { useToasts } from '../ui/toast.tsx';
import { addressOf } from './addresses.ts';
import { CoreBanner } from './core-banner.tsx';
import { CrumbsProvider } from './crumbs.tsx';
import { FactsProvider } from './facts.tsx';
import { KeysSheet } from './keys-sheet.tsx';
import { Navigation } from './navigation.tsx';
import { preferences, setPreference } from './preferences.ts';
import { focusFilter, focusNextRegion } from './regions.ts';
import { RunAnnouncer } from './run-announcer.tsx';
import { SelectionProvider } from './selection.tsx';
import { useShortcuts } from './shortcuts.ts';
import { TitleBar } from './title-bar.tsx';

type Overlay = 'none' | 'palette' | 'keys';

/** Title bar, navigation and the page; keys that work everywhere. */
export function Frame() {
  const [overlay, setOverlay] = useState<Overlay>('none');
  const navigate = useNavigate();
  const toasts = useToasts();
  useShortcuts([
    ['Ctrl K', () => setOverlay((open) => (open === 'palette' ? 'none' : 'palette'))],
    ['?', () => setOverlay('keys')],
    ['N', () => navigate(addressOf.newRun())],
    ['/', focusFilter],
    ['G, R', () => navigate(addressOf.runs())],
    ['G, Q', () => navigate(addressOf.queue())],
    ['G, C', () => navigate(addressOf.compare())],
    ['G, D', () => navigate(addressOf.datasets())],
    ['G, M', () => navigate(addressOf.models())],
    ['Alt Left', () => navigate(-1)],
    ['Alt Right', () => navigate(1)],
    ['Ctrl ,', () => navigate(addressOf.settings())],
    ['Ctrl B', () => setPreference('navigation', preferences().navigation === 'wide' ? 'narrow' : 'wide')],
    ['Ctrl Z', toasts.undoLast],
    ['Ctrl Shift Z', toasts.redoLast],
    ['F6', () => focusNextRegion(1)],
    ['Shift F6', () => focusNextRegion(-1)],
  ]);
  return (
    <FactsProvider>
      <CrumbsProvider>
        <SelectionProvider>
          <div className="app">
            <button
              type="button"
              className="skip"
              onClick={() => document.querySelector<HTMLElement>('#content')?.focus()}
            >
              Skip to content
            </button>
            <TitleBar onCommands={() => setOverlay('palette')} />
            <Navigation />
            <main className="main" id="content" tabIndex={-1}>
              <CoreBanner />
              <Outlet />
              <RunAnnouncer />
            </main>
          </div>
          {overlay === 'palette' && (
            <CommandPalette onClose={() => setOverlay('none')} onKeys={() => setOverlay('keys')} />
          )}
          {overlay === 'keys' && <KeysSheet onClose={() => setOverlay('none')} />}
        </SelectionProvider>
      </CrumbsProvider>
    </FactsProvider>
  );
}
