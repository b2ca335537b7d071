import { type ReactNode, useRef } from 'react';
import { algorithmFacts } from '../../../shared/run-config/algorithm-facts.ts';
import { fields } from '../../../shared/run-config/fields.ts';
import { Icon } from '../../ui/icon.tsx';
import { choiceLabel, limitsByPath } from './values.ts';

/** How a method is shown; one that is not here gets its name and a plain drawing. */
interface MethodLook {
  readonly sub: string;
  readonly source: string;
  readonly text: string;
  readonly drawing: ReactNode;
}

const leaves = (
  <>
    <circle className="a f" cx="34" cy="5.5" r="1.7" />
    <circle className="a f" cx="36" cy="17.3" r="1.7" />
    <circle className="a f" cx="29.5" cy="26" r="1.7" />
  </>
);

const looks: Readonly<Record<string, MethodLook>> = {
  maml: {
    sub: 'second order',
    source: 'Finn, Abbeel, Levine 2017',
    text: 'Learns an initialisation from which a few gradient steps suffice; differentiates through those steps.',
    drawing: (
      <>
        <path d="M6 26C14 25 19 20 22 14" />
        <circle className="o" cx="22" cy="14" r="2.6" />
        <path className="a" d="M22 14 33 6M22 14l13 3M22 14l7 11" />
        {leaves}
      </>
    ),
  },
  fomaml: {
    sub: 'first order',
    source: 'Finn, Abbeel, Levine 2017, section 5.2',
    text: 'As MAML, but takes the gradient at the adapted weights as it is: cheaper, often nearly as good.',
    drawing: (
      <>
        <path d="M6 26 22 14" />
        <circle className="o" cx="22" cy="14" r="2.6" />
        <path className="a" strokeDasharray="2.5 2" d="M22 14 33 6M22 14l13 3M22 14l7 11" />
        {leaves}
      </>
    ),
  },
  anil: {
    sub: 'adapts the head',
    source: 'Raghu, Raghu, Bengio, Vinyals 2020',
    text: 'Inner steps change only the last layer; the body is learned in the outer loop alone.',
    drawing: (
      <>
        <rect x="8" y="21" width="28" height="5" rx="1.5" />
        <rect x="8" y="14" width="28" height="5" rx="1.5" />
        <rect className="a f" x="8" y="5" width="28" height="6.5" rx="1.5" />
      </>
    ),
  },
  boil: {
    sub: 'adapts the body',
    source: 'Oh, Yoo, Kim, Yun 2021',
    text: 'Inner steps change everything but the last layer, so that the features themselves adapt.',
    drawing: (
      <>
        <rect className="a f" x="8" y="20" width="28" height="6.5" rx="1.5" />
        <rect className="a f" x="8" y="11.5" width="28" height="6.5" rx="1.5" />
        <rect x="8" y="5" width="28" height="5" rx="1.5" />
      </>
    ),
  },
  'meta-sgd': {
    sub: 'learns the rates',
    source: 'Li, Zhou, Chen, Li 2017',
    text: 'Learns a rate for every weight besides the initialisation: direction and length of the inner step.',
    drawing: (
      <>
        <path className="a" d="M22 16 37 12M22 16l5-12M22 16 9 7M22 16 4 21M22 16l8 10" />
        <circle className="o" cx="22" cy="16" r="2.6" />
      </>
    ),
  },
  reptile: {
    sub: 'moves to the task',
    source: 'Nichol, Achiam, Schulman 2018',
    text: 'Moves the initialisation towards the weights that each task ends at; needs no query set in training.',
    drawing: (
      <>
        <path d="M4 25 12 15 17 19 25 9 30 13 39 6" />
        <path className="a" d="M4 25 39 6" strokeDasharray="2.5 2" />
        <circle className="o" cx="4.5" cy="25" r="2.2" />
        <circle className="a f" cx="39" cy="6" r="1.9" />
      </>
    ),
  },
  protonet: {
    sub: 'class means',
    source: 'Snell, Swersky, Zemel 2017',
    text: 'Learns an embedding in which a query belongs to the class whose mean is nearest; no inner steps.',
    drawing: (
      <>
        <circle cx="8" cy="9" r="1.5" />
        <circle cx="14" cy="5" r="1.5" />
        <circle cx="15" cy="12" r="1.5" />
        <circle className="a f" cx="12" cy="8.8" r="2.3" />
        <circle cx="30" cy="25" r="1.5" />
        <circle cx="37" cy="20" r="1.5" />
        <circle cx="36" cy="27" r="1.5" />
        <circle className="a f" cx="34" cy="23.5" r="2.3" />
        <path className="a" strokeDasharray="2 2" d="M24 15 14 9.8" />
        <rect className="o" x="22.5" y="13.5" width="4" height="4" rx=".8" />
      </>
    ),
  },
};

const method = fields.find(({ path }) => path === 'algorithm.kind')!;

/** One card for each method of the schema: a radio group with arrow keys, and what the chosen one does. */
export function MethodCards({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (kind: string) => void;
}) {
  const cards = useRef<(HTMLButtonElement | null)[]>([]);
  const kinds = limitsByPath.get('algorithm.kind')?.choices ?? [];
  const chosen = Math.max(0, kinds.indexOf(value));
  const go = (index: number): void => {
    const next = (index + kinds.length) % kinds.length;
    onChange(kinds[next]!);
    cards.current[next]?.focus();
  };
  const look = looks[value];
  return (
    <div className="methods" data-field="algorithm.kind">
      <div className="algos" role="radiogroup" aria-label={method.label}>
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
            {looks[kind] ? (
              <svg viewBox="0 0 44 31" aria-hidden="true">
                {looks[kind].drawing}
              </svg>
            ) : (
              <Icon name="model" />
            )}
            <b>{choiceLabel(method, kind)}</b>
            <span>{looks[kind]?.sub ?? orderWords(kind)}</span>
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

/** What is said of a method that has no look of its own. */
function orderWords(kind: string): string {
  const facts = Object.entries(algorithmFacts).find(([key]) => key === kind)?.[1];
  return !facts || facts.order === 'none' ? '' : `${facts.order} order`;
}
