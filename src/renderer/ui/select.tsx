import { Select as Base } from '@base-ui/react/select';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A second line, or what stands at the right. */
  readonly note?: string;
}

export interface SelectProps<Value extends string> {
  readonly value: Value | null;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  /** For `<label htmlFor>`. */
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string;
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly className?: string;
  /** `field` has the edge of an input, `button` looks like a button with the value in grey. */
  readonly look?: 'field' | 'button';
  /** Stands before the value: "Baseline". */
  readonly prefix?: ReactNode;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, options, onChange, look = 'field', prefix, placeholder = '–' } = props;
  return (
    <Base.Root
      items={options.map(({ value: item, label }) => ({ value: item, label }))}
      value={value}
      onValueChange={(next) => next !== null && onChange(next as Value)}
      disabled={props.disabled ?? false}
    >
      <Base.Trigger
        id={props.id}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-invalid={props.invalid || undefined}
        className={classNames(look === 'field' ? 'in selx' : 'btn', props.className)}
      >
        {prefix}
        <span className={classNames('trunc', look === 'button' && prefix ? 'val' : '')}>
          <Base.Value>{(current: Value | null) => labelOf(options, current) ?? placeholder}</Base.Value>
        </span>
        <Icon name="down" small />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="layer" sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className="menu">
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className="menu-item">
                  <span className="menu-check">
                    <Base.ItemIndicator>
                      <Icon name="check" small />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.note && <span className="menu-note">{option.note}</span>}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const labelOf = <Value extends string>(options: readonly SelectOption<Value>[], value: Value | null) =>
  options.find((option) => option.value === value)?.label;
