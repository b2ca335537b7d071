import type { CSSProperties } from 'react';

export interface SliderProps {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly label: string;
  /** The value in words, for screen readers. */
  readonly text?: string;
  readonly width?: number;
  readonly onChange: (value: number) => void;
}

/** A native range, invisible over the drawn one: keyboard, touch and assistive tools come with it. */
export function Slider({ value, min, max, step, label, text, width = 72, onChange }: SliderProps) {
  const share = max > min ? ((value - min) / (max - min)) * 100 : 0;
  return (
    <span className="slider native" style={{ '--v': `${share}%`, width } as CSSProperties}>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-label={label}
        aria-valuetext={text}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </span>
  );
}
