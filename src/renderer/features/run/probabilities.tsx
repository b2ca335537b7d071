import type { Predictions } from '../../../shared/runs/prediction.ts';

const mostShown = 8;

/** What was said of one text or image: the most probable labels as bars. */
export function Probabilities({ answer }: { readonly answer: Pick<Predictions, 'labels' | 'predictions'> }) {
  const [prediction] = answer.predictions;
  if (!prediction) return null;
  const rows = answer.labels
    .map((label, i) => ({ label, probability: prediction.probabilities[i] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, mostShown);
  return (
    <ul className="probabilities">
      {rows.map(({ label, probability }) => (
        <li key={label} className={prediction.labels.includes(label) ? 'said' : ''}>
          <span className="name" title={label}>
            {label}
          </span>
          <span className="share" aria-hidden="true">
            <i style={{ width: `${(probability * 100).toFixed(1)}%` }} />
          </span>
          <span className="num">{probability.toFixed(3)}</span>
        </li>
      ))}
    </ul>
  );
}
