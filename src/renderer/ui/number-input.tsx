import { type ComponentPropsWithRef, useEffect, useRef, useState } from 'react';
import { parseNumber, plainNumber } from '../app/format.ts';
import { classNames } from './class-names.ts';

export interface NumberInputProps extends Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value' | 'step'> {
  /** null: empty or not a number. */
  readonly value: number | null;
  /** Called as one types; null where the text is not a number, so that the form can say so. */
  readonly onChange: (value: number | null) => void;
  /** Arrow keys move by so much; ten times with Shift. No arrows without it. */
  readonly step?: number;
  readonly invalid?: boolean;
}

/** Accepts `1e-3`, `0.001`, `60k`, `60,000`; shows plainly once it is left. */
export function NumberInput({ value, onChange, step, invalid, className, ...input }: NumberInputProps) {
  const [text, setText] = useState(value === null ? '' : plainNumber(value));
  const typed = useRef(value);
  useEffect(() => {
    if (Object.is(typed.current, value)) return; // our own change: leave the text as typed
    typed.current = value;
    setText(value === null ? '' : plainNumber(value));
  }, [value]);

  const take = (next: string): void => {
    setText(next);
    typed.current = parseNumber(next);
    onChange(typed.current);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      spellCheck={false}
      autoComplete="off"
      {...input}
      className={classNames('in', 'num', className)}
      value={text}
      aria-invalid={invalid || undefined}
      onChange={(event) => take(event.target.value)}
      onBlur={(event) => {
        if (typed.current !== null) setText(plainNumber(typed.current));
        input.onBlur?.(event);
      }}
      onKeyDown={(event) => {
        input.onKeyDown?.(event);
        const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
        if (direction === 0 || step === undefined || typed.current === null || event.altKey) return;
        event.preventDefault();
        const next = typed.current + direction * step * (event.shiftKey ? 10 : 1);
        take(plainNumber(Number(next.toPrecision(12))));
      }}
    />
  );
}
