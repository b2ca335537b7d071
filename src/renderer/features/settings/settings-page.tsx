import './settings.css';
import { usePlace } from '../../app/crumbs.tsx';
import { PageHead } from '../../ui/page.tsx';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { Compute } from './compute.tsx';
import { KeySettings } from './keys.tsx';
import { Storage } from './storage.tsx';

const sections = [
  { id: 'appearance', label: 'Appearance' },
  { id: 'compute', label: 'Compute' },
  { id: 'storage', label: 'Storage' },
  { id: 'keys', label: 'Keys' },
  { id: 'about', label: 'About' },
] as const;

/** Everything that is a matter of taste or of this computer. Changes act at once and are kept. */
export function SettingsPage() {
  usePlace({ label: 'Settings' });
  return (
    <>
      <PageHead title="Settings" sub="Changes act at once" />
      <div className="settings-page">
        <nav className="settings-nav" aria-label="Parts of the settings">
          {sections.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              onClick={() => {
                const section = document.getElementById(id);
                section?.scrollIntoView({ block: 'start' });
                section?.querySelector<HTMLElement>('button, input, a')?.focus({ preventScroll: true });
              }}
            >
              {label}
            </button>
          ))}
        </nav>
        <div className="settings">
          <Appearance />
          <Compute />
          <Storage />
          <KeySettings />
          <About />
        </div>
      </div>
    </>
  );
}
