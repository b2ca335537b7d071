import { keyMap } from '../../app/key-map.ts';
import { setPreference, usePreferences } from '../../app/preferences.ts';
import { Switch } from '../../ui/choices.tsx';
import { Keys } from '../../ui/keys.tsx';
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
      <div className="key-list">
        {keyMap.map(({ place, rows }) => (
          <div key={place}>
            <h3>{place}</h3>
            <dl>
              {rows.map(({ keys, does }) => (
                <div key={does}>
                  <dt>{does}</dt>
                  <dd>
                    {keys.map((chord) => (
                      <Keys key={chord} keys={chord} spoken />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </Section>
  );
}
