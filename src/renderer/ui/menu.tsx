import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import { Keys } from './keys.tsx';

export type MenuEntry =
  | {
      readonly kind: 'act';
      readonly label: string;
      readonly icon?: IconName;
      readonly keys?: string;
      readonly note?: string;
      readonly look?: 'plain' | 'danger';
      readonly disabled?: boolean;
      readonly act: () => void;
    }
  | { readonly kind: 'check'; readonly label: string; readonly checked: boolean; readonly act: (on: boolean) => void }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly value: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly act: (value: string) => void;
    }
  | { readonly kind: 'line' };

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
}

export function Menu({ trigger, entries, align = 'start' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="layer" sideOffset={4} align={align}>
          <Base.Popup className="menu">
            <MenuEntries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The entries alone, for a menu that is opened in another way, such as by a right click. */
export function MenuEntries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => (
    <Entry key={entry.kind === 'line' ? `line-${index}` : entry.label} entry={entry} />
  ));
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  switch (entry.kind) {
    case 'line':
      return <Base.Separator className="menu-line" />;
    case 'act':
      return (
        <Base.Item
          className={classNames('menu-item', entry.look === 'danger' && 'danger')}
          disabled={entry.disabled ?? false}
          onClick={entry.act}
        >
          {entry.icon && <Icon name={entry.icon} />}
          <span>{entry.label}</span>
          {entry.note && <span className="menu-note">{entry.note}</span>}
          {entry.keys && <Keys keys={entry.keys} />}
        </Base.Item>
      );
    case 'check':
      return (
        <Base.CheckboxItem
          className="menu-item"
          checked={entry.checked}
          onCheckedChange={entry.act}
          closeOnClick={false}
        >
          <span className="menu-check">
            <Base.CheckboxItemIndicator>
              <Icon name="check" small />
            </Base.CheckboxItemIndicator>
          </span>
          <span>{entry.label}</span>
        </Base.CheckboxItem>
      );
    case 'choice':
      return (
        <Base.Group>
          <Base.GroupLabel className="menu-label">{entry.label}</Base.GroupLabel>
          <Base.RadioGroup value={entry.value} onValueChange={entry.act}>
            {entry.options.map((option) => (
              <Base.RadioItem key={option.value} value={option.value} className="menu-item" closeOnClick>
                <span className="menu-check">
                  <Base.RadioItemIndicator>
                    <Icon name="check" small />
                  </Base.RadioItemIndicator>
                </span>
                <span>{option.label}</span>
              </Base.RadioItem>
            ))}
          </Base.RadioGroup>
        </Base.Group>
      );
  }
}
