import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { type ReactNode, useRef } from 'react';
import { classNames } from './class-names.ts';

export interface SegmentedProps<Value extends string> {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
  readonly label: string;
  readonly size?: 'small' | 'normal';
  readonly describedBy?: string;
}

/** One of a few, all in sight: a radio group with arrow keys. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { value, options, onChange } = props;
  const buttons = useRef<(HTMLButtonElement | null)[]>([]);
  const move = (from: number, by: number): void => {
    const next = (from + by + options.length) % options.length;
    const option = options[next];
    if (!option) return;
    onChange(option.value);
    buttons.current[next]?.focus();
  };
  const chosen = options.findIndex((option) => option.value === value);
  return (
    <div
      role="radiogroup"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      className={classNames('seg', props.size === 'small' && 'sm')}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a styled radio of one group, with the keys of the ARIA practice
        <button
          key={option.value}
          ref={(element) => {
            buttons.current[index] = element;
          }}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={index === Math.max(chosen, 0) ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => {
            const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            move(index, by);
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

export interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label?: string;
  readonly id?: string;
  readonly disabled?: boolean;
}

export function Switch({ checked, onChange, label, id, disabled }: SwitchProps) {
  return (
    <BaseSwitch.Root
      id={id}
      aria-label={label}
      disabled={disabled ?? false}
      checked={checked}
      onCheckedChange={onChange}
      className={classNames('switch', checked && 'on')}
    />
  );
}

export interface CheckboxProps {
  readonly checked: boolean | 'mixed';
  readonly onChange: (checked: boolean) => void;
  /** A word beside it, or with `labelled="hidden"` only for screen readers. */
  readonly label: string;
  readonly labelled?: 'beside' | 'hidden';
  readonly disabled?: boolean;
}

export function Checkbox({ checked, onChange, label, labelled = 'beside', disabled }: CheckboxProps) {
  const box = (
    <BaseCheckbox.Root
      aria-label={labelled === 'hidden' ? label : undefined}
      disabled={disabled ?? false}
      checked={checked === true}
      indeterminate={checked === 'mixed'}
      onCheckedChange={onChange}
      className={classNames('check', checked === true && 'on', checked === 'mixed' && 'mixed')}
    />
  );
  if (labelled === 'hidden') return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the checkbox inside
    <label className="ck">
      {box}
      {label}
    </label>
  );
}
