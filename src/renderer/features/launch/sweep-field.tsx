import { choicesForTask } from '../../../shared/run-config/field-use.ts';
import type { FieldInfo } from '../../../shared/run-config/fields.ts';
import { sweepText } from '../../../shared/sweeps/sweep-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import type { ControlKind } from './control-kind.ts';
import { chosenOf } from './sweeps.ts';
import { choiceLabel, limitsByPath } from './values.ts';

export interface SweepFieldProps {
  readonly field: FieldInfo;
  readonly kind: ControlKind;
  readonly id: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  /** Kind of the task, which some choices go with. */
  readonly task: unknown;
}

/** Several values of one field: those of a choice are ticked, others typed. */
export function SweepField(props: SweepFieldProps) {
  const { field, kind, id, text, onChange, invalid, describedBy } = props;
  const label = `Values of ${field.label}`;
  if (kind === 'switch' || kind === 'segments' || kind === 'select') {
    const choices = limitsByPath.get(field.path)?.choices;
    if (choices) return <Ticks {...props} choices={choices} label={label} />;
  }
  return (
    <TextInput
      id={id}
      className="num sweep-text"
      value={text}
      invalid={invalid}
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={placeholders[kind] ?? 'one, another'}
      title="Values with commas between them; ranges such as log 1e-4..1e-1 x 5 or lin 0..1 x 5"
      onChange={onChange}
    />
  );
}

const placeholders: Partial<Record<ControlKind, string>> = {
  number: '0.05, 0.1 or log 1e-3..1 x 4',
  numbers: '40, 40; 80, 80',
};

interface TicksProps extends SweepFieldProps {
  readonly choices: readonly string[];
  readonly label: string;
}

function Ticks({ field, id, text, onChange, describedBy, task, choices, label }: TicksProps) {
  const chosen = chosenOf(field.path, text);
  const offered = choicesForTask(task, field.path, choices);
  const toggle = (choice: string): void => {
    const next = offered.filter((each) => (each === choice) !== chosen.includes(each)); // in the order of the form
    onChange(next.length === 0 ? '' : sweepText(field.path, next));
  };
  return (
    <fieldset className="ticks" aria-label={label} aria-describedby={describedBy}>
      {offered.map((choice, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a chip that is ticked, with the looks of the form's other choices
        <button
          key={choice}
          type="button"
          role="checkbox"
          className="tick"
          aria-checked={chosen.includes(choice)}
          {...(index === 0 ? { id } : {})}
          onClick={() => toggle(choice)}
        >
          {chosen.includes(choice) && <Icon name="check" small />}
          {choiceLabel(field, choice)}
        </button>
      ))}
    </fieldset>
  );
}
