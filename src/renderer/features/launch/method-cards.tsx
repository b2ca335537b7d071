import { useRef } from 'react';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { choicesForTask } from '../../../shared/run-config/field-use.ts';
import { fields } from '../../../shared/run-config/fields.ts';
import { sweepText } from '../../../shared/sweeps/sweep-text.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { methodLooks, orderWords } from './method-looks.tsx';
import { chosenOf } from './sweeps.ts';
import { choiceLabel, errorSentence, limitsByPath } from './values.ts';

const mostTall = 7; // more than fit in one row lie down, picture beside words
const method = fields.find(({ path }) => path === 'algorithm.kind')!;

export interface MethodCardsProps {
  readonly value: string;
  /** Kind of the task, which decides what there is to choose from. */
  readonly task: unknown;
  /** Several methods, as text; undefined for one. */
  readonly sweep: string | undefined;
  readonly error: FieldError | undefined;
  readonly onChange: (kind: string) => void;
  readonly onSweep: (text: string | null) => void;
}

/** One card for each method of the schema, to choose one or tick several, and what the chosen one does. */
export function MethodCards({ value, task, sweep, error, onChange, onSweep }: MethodCardsProps) {
  const kinds = choicesForTask(task, 'algorithm.kind', limitsByPath.get('algorithm.kind')?.choices ?? []);
  const look = methodLooks[value];
  return (
    <div className="methods" data-field="algorithm.kind">
      {sweep === undefined ? (
        <OneMethod kinds={kinds} value={value} onChange={onChange} />
      ) : (
        <SeveralMethods kinds={kinds} text={sweep} onChange={onSweep} />
      )}
      <div className="what">
        {kinds.length > 1 && (
          <IconButton
            size="small"
            icon="sweep"
            label={`Sweep ${method.label}`}
            className={sweep === undefined ? 'sweep' : 'sweep on'}
            aria-pressed={sweep !== undefined}
            onClick={() => onSweep(sweep === undefined ? value : null)}
          />
        )}
        <p>
          {sweep === undefined
            ? (look?.text ?? method.help)
            : 'Each ticked method starts from what its paper says, but for what you have changed.'}
          {sweep === undefined && look && <span className="muted">{look.source}</span>}
        </p>
      </div>
      {sweep !== undefined && error && (
        <p className="msg" role="alert">
          <Icon name="alert" small />
          <span>{errorSentence(error)}</span>
        </p>
      )}
    </div>
  );
}

const layout = (kinds: readonly string[]): string => (kinds.length > mostTall ? 'algos many' : 'algos');

/** A radio group with arrow keys. */
function OneMethod({
  kinds,
  value,
  onChange,
}: Pick<MethodCardsProps, 'value' | 'onChange'> & { readonly kinds: readonly string[] }) {
  const cards = useRef<(HTMLButtonElement | null)[]>([]);
  const chosen = Math.max(0, kinds.indexOf(value));
  const go = (index: number): void => {
    const next = (index + kinds.length) % kinds.length;
    onChange(kinds[next]!);
    cards.current[next]?.focus();
  };
  return (
    <div className={layout(kinds)} role="radiogroup" aria-label={method.label}>
      {kinds.map((kind, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a card as one radio of a group, with the keys of the ARIA practice
        <button
          key={kind}
          ref={(element) => {
            cards.current[index] = element;
          }}
          type="button"
          role="radio"
          className="algo"
          aria-checked={kind === value}
          tabIndex={index === chosen ? 0 : -1}
          onClick={() => onChange(kind)}
          onKeyDown={(event) => {
            const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            go(index + by);
          }}
        >
          <CardFace kind={kind} />
        </button>
      ))}
    </div>
  );
}

interface SeveralMethodsProps {
  readonly kinds: readonly string[];
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Boxes to tick, each a tab stop. */
function SeveralMethods({ kinds, text, onChange }: SeveralMethodsProps) {
  const chosen = chosenOf(method.path, text);
  const toggle = (kind: string): void => {
    const next = kinds.filter((each) => (each === kind) !== chosen.includes(each)); // in the order of the cards
    onChange(next.length === 0 ? '' : sweepText(method.path, next));
  };
  return (
    <fieldset className={layout(kinds)} aria-label={`Values of ${method.label}`}>
      {kinds.map((kind) => (
        // biome-ignore lint/a11y/useSemanticElements: a card that is ticked, with the looks of the other cards
        <button
          key={kind}
          type="button"
          role="checkbox"
          className="algo"
          aria-checked={chosen.includes(kind)}
          onClick={() => toggle(kind)}
        >
          <CardFace kind={kind} />
        </button>
      ))}
    </fieldset>
  );
}

function CardFace({ kind }: { readonly kind: string }) {
  const look = methodLooks[kind];
  return (
    <>
      {look ? (
        <svg viewBox="0 0 44 31" aria-hidden="true">
          {look.drawing}
        </svg>
      ) : (
        <Icon name="model" />
      )}
      <b>{choiceLabel(method, kind)}</b>
      <span>{look?.sub ?? orderWords(kind)}</span>
    </>
  );
}
