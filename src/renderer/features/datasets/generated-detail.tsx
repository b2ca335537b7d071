import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { createRandom } from '../../../shared/random/random.ts';
import type { SinusoidTaskConfig } from '../../../shared/run-config/schema.ts';
import { drawSinusoid, type Sinusoid, sinusoidAt, sinusoidInputRange } from '../../../shared/tasks/sinusoid.ts';
import { addressOf } from '../../app/addresses.ts';
import { plural } from '../../app/format.ts';
import { Segmented } from '../../ui/choices.tsx';

type Variant = SinusoidTaskConfig['variant'];

const variants = [
  { value: 'finn-2017', label: 'Finn 2017' },
  { value: 'meta-sgd-2017', label: 'Meta-SGD 2017' },
] as const;

const drawnFrom: Readonly<Record<Variant, string>> = {
  'finn-2017': 'Amplitude from 0.1 to 5, phase from 0 to π, frequency 1; arXiv 1703.03400, section 5.1.',
  'meta-sgd-2017':
    'Amplitude from 0.1 to 5, phase from 0 to π, frequency from 0.8 to 1.2; arXiv 1707.09835, section 4.1.',
};

const waves = 12;
const width = 140;
const height = 84;

/** What generated tasks are, and a few of them. */
export function GeneratedDetail({ dataset }: { readonly dataset: DatasetSummary }) {
  const [variant, setVariant] = useState<Variant>('finn-2017');
  const drawn = useMemo(() => {
    const random = createRandom(1, 'train-tasks');
    return Array.from({ length: waves }, () => drawSinusoid(random, variant));
  }, [variant]);
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Tasks</dt>
          <dd>endless, drawn by seed</dd>
        </div>
        <div>
          <dt>Inputs</dt>
          <dd>
            x uniform from −{-sinusoidInputRange.low} to {sinusoidInputRange.high}
          </dd>
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
              <Link to={addressOf.runs(`dataset:${dataset.name}`)}>{plural(dataset.usedByRuns, 'run')}</Link>
            )}
          </dd>
        </div>
      </dl>
      <section className="sec2" aria-label="Waves">
        <div className="sh">
          <h3>Waves</h3>
          <Segmented size="small" label="Variant" value={variant} options={variants} onChange={setVariant} />
        </div>
        <p className="t12 soft said">{drawnFrom[variant]}</p>
        <ul className="waves" aria-label={`${waves} waves of seed 1`}>
          {drawn.map((wave) => (
            <li key={wave.amplitude}>
              <WavePicture wave={wave} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function WavePicture({ wave }: { readonly wave: Sinusoid }) {
  const { low, high } = sinusoidInputRange;
  const path = Array.from({ length: 61 }, (_, index) => {
    const x = low + (index / 60) * (high - low);
    const y = height / 2 - (sinusoidAt(wave, x) / 5.2) * (height / 2 - 4);
    return `${index === 0 ? 'M' : 'L'}${((index / 60) * width).toFixed(1)} ${y.toFixed(1)}`;
  }).join('');
  return (
    <svg className="plot" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path className="gr" d={`M0 ${height / 2}H${width}`} />
      <path className="ln thin s1" d={path} />
    </svg>
  );
}
