import { useRef } from 'react';
import { choicesForTask } from '../../../shared/run-config/field-use.ts';
import { fields } from '../../../shared/run-config/fields.ts';
import { Icon } from '../../ui/icon.tsx';
import { methodLooks, orderWords } from './method-looks.tsx';
import { choiceLabel, limitsByPath } from './values.ts';

const mostTall = 7; // more than fit in one row lie down, picture beside words
const method = fields.find(({ path }) => path === 'algorithm.kind')!;

/** One card for each method of the schema: a radio group with arrow keys, and what the chosen one does. */
export function MethodCards({
  value,
  task,
  onChange,
}: {
  readonly value: string;
  /** Kind of the task, which decides what there is to choose from. */
  readonly task: unknown;
  readonly onChange: (kind: string) => void;
}) {
  const cards = useRef<(HTMLButtonElement | null)[]>([]);
  const kinds = choicesForTask(task, 'algorithm.kind', limitsByPath.get('algorithm.kind')?.choices ?? []);
  const chosen = Math.max(0, kinds.indexOf(value));
  const go = (index: number): void => {
    const next = (index + kinds.length) % kinds.length;
    onChange(kinds[next]!);
    cards.current[next]?.focus();
  };
  const look = methodLooks[value];
  return (
    <div className="methods" data-field="algorithm.kind">
      <div className={kinds.length > mostTall ? 'algos many' : 'algos'} role="radiogroup" aria-label={method.label}>
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
            {methodLooks[kind] ? (
              <svg viewBox="0 0 44 31" aria-hidden="true">
                {methodLooks[kind].drawing}
              </svg>
            ) : (
              <Icon name="model" />
            )}
            <b>{choiceLabel(method, kind)}</b>
            <span>{methodLooks[kind]?.sub ?? orderWords(kind)}</span>
          </button>
        ))}
      </div>
      <p className="what">
        {look?.text ?? method.help}
        {look && <span className="muted">{look.source}</span>}
      </p>
    </div>
  );
}
