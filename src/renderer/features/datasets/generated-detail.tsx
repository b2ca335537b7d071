import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { PointTaskConfig, SinusoidTaskConfig } from '../../../shared/run-config/schema.ts';
import { familyLabels } from '../../../shared/run-config/task-facts.ts';
import { addressOf } from '../../app/addresses.ts';
import { plural } from '../../app/format.ts';
import { Segmented } from '../../ui/choices.tsx';
import { CurvePictures, PointPictures } from './generated-pictures.tsx';

type Variant = SinusoidTaskConfig['variant'];
type Family = PointTaskConfig['family'];

const optionsOf = <Value extends keyof typeof familyLabels>(values: readonly Value[]) =>
  values.map((value) => ({ value, label: familyLabels[value] }));
const variants = optionsOf<Variant>(['finn-2017', 'meta-sgd-2017', 'harmonic-2018', 'platipus-2018']);
const families = optionsOf<Family>(['half-planes', 'moons']);

const drawnFrom: Readonly<Record<Variant | Family, string>> = {
  'finn-2017':
    'Amplitude from 0.1 to 5, phase from 0 to π, frequency 1, x uniform from −5 to 5; arXiv 1703.03400, section 5.1.',
  'meta-sgd-2017':
    'Amplitude from 0.1 to 5, phase from 0 to π, frequency from 0.8 to 1.2, x uniform from −5 to 5; arXiv 1707.09835, section 4.1.',
  'harmonic-2018':
    'Two waves, the second of twice the frequency: amplitudes standard normal, phases from 0 to 2π, frequency from 5 to 7, x normal around a middle from −4 to 4, noise 0.1; arXiv 1806.07528.',
  'platipus-2018':
    'One half waves (amplitude from 0.1 to 5, phase from 0 to π), one half lines (slope and intercept from −3 to 3), x uniform from −5 to 5, noise 0.3; arXiv 1806.02817.',
  'half-planes': 'The two sides of a line at any angle, at most 1 from the middle; points uniform from −2 to 2.',
  moons:
    'Two half circles that reach into each other, with noise 0.1, turned by any angle and moved by up to 0.5; the shape is that of make_moons in scikit-learn.',
};

/** What generated tasks are, and a few of them. */
export function GeneratedDetail({ dataset }: { readonly dataset: DatasetSummary }) {
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Tasks</dt>
          <dd>endless, drawn by seed</dd>
        </div>
        <div>
          <dt>Splits</dt>
          <dd>one random stream each</dd>
        </div>
        <div>
          <dt>Used by</dt>
          <dd>
            {dataset.usedByRuns === 0 ? (
              'no run'
            ) : (
              <Link to={addressOf.runs(`task:${dataset.name}`)}>{plural(dataset.usedByRuns, 'run')}</Link>
            )}
          </dd>
        </div>
      </dl>
      {dataset.name === 'binary-points' ? <Points /> : <Curves />}
    </>
  );
}

function Curves() {
  const [variant, setVariant] = useState<Variant>('finn-2017');
  return (
    <Section
      title="Curves"
      said={drawnFrom[variant]}
      tools={<Segmented size="small" label="Variant" value={variant} options={variants} onChange={setVariant} />}
    >
      <CurvePictures variant={variant} />
    </Section>
  );
}

function Points() {
  const [family, setFamily] = useState<Family>('half-planes');
  return (
    <Section
      title="Points"
      said={drawnFrom[family]}
      tools={<Segmented size="small" label="Family" value={family} options={families} onChange={setFamily} />}
    >
      <PointPictures family={family} />
    </Section>
  );
}

interface SectionProps {
  readonly title: string;
  readonly said: string;
  readonly tools: ReactNode;
  readonly children: ReactNode;
}

function Section({ title, said, tools, children }: SectionProps) {
  return (
    <section className="sec2" aria-label={title}>
      <div className="sh">
        <h3>{title}</h3>
        {tools}
      </div>
      <p className="t12 soft said">{said}</p>
      {children}
    </section>
  );
}
