import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';

export interface TextInputProps extends Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly invalid?: boolean;
  readonly mono?: boolean;
}

/** One line of text. A label is the caller's: `<label htmlFor>` or `aria-label`. */
export function TextInput({ value, onChange, invalid, mono, className, ...input }: TextInputProps) {
  return (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      {...input}
      className={classNames('in', mono && 'mono', className)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      aria-invalid={invalid || undefined}
    />
  );
}

export interface TextAreaProps extends Omit<ComponentPropsWithRef<'textarea'>, 'onChange' | 'value'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextArea({ value, onChange, className, ...area }: TextAreaProps) {
  return (
    <textarea
      {...area}
      className={classNames('in', 'area', className)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
