import { KeyList } from '../../app/key-list.tsx';
import { setPreference, usePreferences } from '../../app/preferences.ts';
import { Switch } from '../../ui/choices.tsx';
import { Section, SettingRow } from './section.tsx';

export function KeySettings() {
  const { letterKeys } = usePreferences();
  return (
    <Section id="keys" title="Keys">
      <SettingRow
        label="Single letters as commands"
        htmlFor="letter-keys"
        help="N, J, X and the like. They act only when no text field has the focus; some assistive tools type them."
      >
        <Switch
          id="letter-keys"
          checked={letterKeys === 'on'}
          onChange={(on) => setPreference('letterKeys', on ? 'on' : 'off')}
        />
      </SettingRow>
      <KeyList className="key-list" />
    </Section>
  );
}
