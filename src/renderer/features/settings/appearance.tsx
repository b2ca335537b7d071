import { setPreference, usePreferences } from '../../app/preferences.ts';
import { Segmented } from '../../ui/choices.tsx';
import { Section, SettingRow } from './section.tsx';

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const densities = [
  { value: 'compact', label: 'Compact' },
  { value: 'default', label: 'Default' },
  { value: 'relaxed', label: 'Relaxed' },
] as const;
const textSizes = [
  { value: '90', label: '90 %' },
  { value: '100', label: '100 %' },
  { value: '110', label: '110 %' },
  { value: '125', label: '125 %' },
] as const;
const widths = [
  { value: 'wide', label: 'Wide' },
  { value: 'narrow', label: 'Icons' },
] as const;

export function Appearance() {
  const { theme, density, textSize, navigation } = usePreferences();
  return (
    <Section id="appearance" title="Appearance">
      <SettingRow label="Theme" help="System follows the computer, also when it changes.">
        <Segmented label="Theme" value={theme} options={themes} onChange={(value) => setPreference('theme', value)} />
      </SettingRow>
      <SettingRow label="Density" help="Height of rows and controls; text stays as it is.">
        <Segmented
          label="Density"
          value={density}
          options={densities}
          onChange={(value) => setPreference('density', value)}
        />
      </SettingRow>
      <SettingRow label="Text size" help="Text and what holds it.">
        <Segmented
          label="Text size"
          value={textSize}
          options={textSizes}
          onChange={(value) => setPreference('textSize', value)}
        />
      </SettingRow>
      <SettingRow label="Navigation" help="In a window under 1,180 pixels it is icons in any case.">
        <Segmented
          label="Navigation"
          value={navigation}
          options={widths}
          onChange={(value) => setPreference('navigation', value)}
        />
      </SettingRow>
    </Section>
  );
}
