import { type CSSProperties, useState } from 'react';
import type { PredictedExample } from '../../../../shared/runs/classification-report.ts';
import { count } from '../../../app/format.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Pixels } from '../../../ui/pixels.tsx';
import { ClipFace } from './clip-face.tsx';
import { LabelText } from './label-text.tsx';
import { type LabelMark, labelMarks, probabilityText } from './words.ts';

export interface ExampleListProps {
  readonly examples: readonly PredictedExample[];
  readonly labels: readonly string[];
  /** Position of the one that is opened. */
  readonly opened: number | null;
  readonly onOpen: (example: PredictedExample | null) => void;
  readonly name: string;
  /** Where waveforms of clips are asked for. */
  readonly dataset: string | null;
}

/** What was predicted of single examples; a press opens one to its whole text and all its probabilities. */
export function ExampleList({ examples, labels, opened, onOpen, name, dataset }: ExampleListProps) {
  return (
    <ul className="ex-list" aria-label={name}>
      {examples.map((example) => {
        const open = example.position === opened;
        return (
          <li key={example.position} className={classNames(open && 'cur')}>
            {example.clip && dataset !== null && <ClipFace clip={example.clip} dataset={dataset} />}
            <button type="button" aria-expanded={open} onClick={() => onOpen(open ? null : example)}>
              <ExampleFace example={example} open={open ? 'yes' : 'no'} />
              <span className="marks">
                {labelMarks(example).map((mark) => (
                  <Mark key={mark.label} mark={mark} label={labels[mark.label] ?? count(mark.label)} />
                ))}
                <span className="id num muted" title="Place in the dataset">
                  {example.split} {count(example.position)}
                </span>
              </span>
            </button>
            {open && <AllProbabilities example={example} labels={labels} />}
          </li>
        );
      })}
    </ul>
  );
}

interface FaceProps {
  readonly example: PredictedExample;
  readonly open: 'yes' | 'no';
}

/** The example itself: a text, a pair of them, or an image. */
function ExampleFace({ example: { text, pair, image, clip }, open }: FaceProps) {
  if (clip) {
    return (
      <span className="text">
        {clip.file} <span className="muted num">{clip.seconds.toFixed(2)} s</span>
      </span>
    );
  }
  if (image) {
    return (
      <span className="face">
        <Pixels {...image} polarity={image.channels === 1 ? 'ink-dark' : 'photo'} />
      </span>
    );
  }
  if (text === null) return <span className="text muted">not at hand</span>;
  return (
    <>
      <span className={classNames('text', open === 'yes' && 'whole')}>{open === 'yes' ? text : narrowed(text)}</span>
      {pair !== null && (
        <span className={classNames('text pair', open === 'yes' && 'whole')}>
          {open === 'yes' ? pair : narrowed(pair)}
        </span>
      )}
    </>
  );
}

/** White space narrowed, so that the two lines that are shown hold as much as they can. */
const narrowed = (text: string): string => text.slice(0, 600).replace(/\s+/g, ' ').trim();

const spoken = { wrong: 'taken for ', missed: 'is ', right: 'rightly ' } as const;

export function Mark({ mark, label }: { readonly mark: LabelMark; readonly label: string }) {
  return (
    <span className={`mark ${mark.look}`}>
      <Bar probability={mark.probability} />
      <span className="sr-only">{spoken[mark.look]}</span>
      <span className="trunc">
        <LabelText label={label} />
      </span>
      <span className="num">{probabilityText(mark.probability)}</span>
    </span>
  );
}

function Bar({ probability }: { readonly probability: number }) {
  return (
    <span className="b2" aria-hidden="true" style={{ '--v': `${(probability * 100).toFixed(1)}%` } as CSSProperties}>
      <i />
    </span>
  );
}

const firstShown = 8;

/** Every label with its probability, most probable first. */
export function AllProbabilities({
  example,
  labels,
}: {
  readonly example: PredictedExample;
  readonly labels: readonly string[];
}) {
  const [shown, setShown] = useState(firstShown);
  const order = example.probabilities.map((_, label) => label);
  order.sort((a, b) => (example.probabilities[b] ?? 0) - (example.probabilities[a] ?? 0));
  return (
    <>
      <ul className="probabilities" aria-label="Probabilities">
        {order.slice(0, shown).map((label) => (
          <li key={label} className={example.truth.includes(label) ? 'said' : ''}>
            <span className="name" title={labels[label]}>
              {labels[label]}
              {example.truth.includes(label) && <span className="muted"> (true)</span>}
            </span>
            <Bar probability={example.probabilities[label] ?? 0} />
            <span className="num">{(example.probabilities[label] ?? 0).toFixed(3)}</span>
          </li>
        ))}
      </ul>
      {order.length > shown && (
        <button type="button" className="link t11" onClick={() => setShown(order.length)}>
          all {count(order.length)} labels
        </button>
      )}
    </>
  );
}
