import { Segmented } from '../../ui/choices.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { type SeedsText, switchSeedsMode } from './seeds.ts';

export interface SeedsFieldProps {
  readonly id: string;
  readonly seeds: SeedsText;
  readonly onChange: (seeds: SeedsText) => void;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
}

const modes = [
  { value: 'count', label: 'Count' },
  { value: 'list', label: 'List' },
] as const;

/** How many seeds, or which. */
export function SeedsField({ id, seeds, onChange, invalid, describedBy }: SeedsFieldProps) {
  const list = seeds.mode === 'list';
  return (
    <>
      <Segmented
        label="Seeds as"
        value={seeds.mode}
        options={modes}
        onChange={(mode) => onChange(switchSeedsMode(seeds, mode))}
      />
      <TextInput
        id={id}
        className={list ? 'num list' : 'num few'}
        inputMode={list ? 'text' : 'numeric'}
        value={list ? seeds.list : seeds.count}
        invalid={invalid}
        aria-describedby={describedBy}
        placeholder={list ? '1, 2, 7-9' : '3'}
        onChange={(text) => onChange(list ? { ...seeds, list: text } : { ...seeds, count: text })}
        onKeyDown={(event) => {
          const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
          const count = Number(seeds.count);
          if (list || direction === 0 || !Number.isInteger(count)) return;
          event.preventDefault();
          onChange({ ...seeds, count: String(Math.max(1, count + direction)) });
        }}
      />
    </>
  );
}
