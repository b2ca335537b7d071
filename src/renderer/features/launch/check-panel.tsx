import { Link } from 'react-router';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { addressOf } from '../../app/addresses.ts';
import { plural } from '../../app/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { fieldOf } from './draft.ts';
import type { Checked } from './use-check.ts';
import { errorSentence } from './values.ts';

export interface CheckPanelProps {
  /** Errors that it is time to show. */
  readonly errors: readonly FieldError[];
  /** Whether nothing at all is wrong. */
  readonly valid: boolean;
  readonly checked: Checked;
  readonly seeds: readonly number[];
  /** Fields of an opened file that are none of a run. */
  readonly leftOut: readonly string[];
  readonly onField: (path: string) => void;
}

const advisedSeeds = 5;
const mostCompared = 100;

/** What is wrong, what is worth knowing, what is in order. */
export function CheckPanel({ errors, valid, checked, seeds, leftOut, onField }: CheckPanelProps) {
  const advice = valid ? (checked.answer?.advice ?? []) : [];
  const existing = valid ? (checked.answer?.existing ?? []) : [];
  const settled = valid && checked.state === 'ready';
  return (
    <section className="issues" aria-label="Check" aria-live="polite">
      <header>
        <h3>Check</h3>
        {checked.state === 'waiting' && valid && <span className="t11 muted">checking</span>}
      </header>
      <ul>
        {errors.map((error) => (
          <li key={error.path} className="bad">
            <Icon name="alert" small />
            <span>
              <FieldName path={error.path} onField={onField} />
              {afterLabel(error)}
            </span>
          </li>
        ))}
        {leftOut.map((sentence) => (
          <li key={sentence} className="warn">
            <Icon name="alert" small />
            <span>Left out of the form: {sentence}</span>
          </li>
        ))}
        {checked.failure && (
          <li className="bad">
            <Icon name="alert" small />
            <span>{checked.failure.message}</span>
          </li>
        )}
        {advice.map(({ path, message, level }) => (
          <li key={`${path} ${message}`} className={level === 'warning' ? 'warn' : level}>
            <Icon name={level === 'ok' ? 'check' : level === 'info' ? 'info' : 'alert'} small />
            <span>{message}</span>
          </li>
        ))}
        {existing.length > 0 && <Existing ids={existing} />}
        {seeds.length > 0 && seeds.length < advisedSeeds && (
          <li>
            <Icon name="info" small />
            <span>
              {seeds.length < 3
                ? 'An interval over seeds needs 3 or more; 5 are advised.'
                : '5 or more seeds are advised.'}
            </span>
          </li>
        )}
        {settled && advice.length === 0 && (
          <li>
            <Icon name="check" small />
            <span>Every field is within its limits.</span>
          </li>
        )}
      </ul>
    </section>
  );
}

/** Runs of the same config, which need not be computed again. */
function Existing({ ids }: { readonly ids: readonly string[] }) {
  return (
    <li>
      <Icon name="info" small />
      <span>
        <Link to={ids.length === 1 ? addressOf.run(ids[0]!) : addressOf.compare(ids.slice(0, mostCompared))}>
          {plural(ids.length, 'run')}
        </Link>{' '}
        of this config {ids.length === 1 ? 'exists' : 'exist'} already.
      </span>
    </li>
  );
}

function FieldName({ path, onField }: { readonly path: string; readonly onField: (path: string) => void }) {
  const field = fieldOf(path);
  if (!field) return null;
  return (
    <button type="button" className="link" onClick={() => onField(path)}>
      {path === 'seed' ? 'Seeds' : field.label}
    </button>
  );
}

/** The sentence after its label, which stands before it as a link. */
function afterLabel(error: FieldError): string {
  const label = error.path === 'seed' ? 'Seeds' : fieldOf(error.path)?.label;
  const sentence = errorSentence(error);
  if (label === undefined) return sentence;
  return sentence.startsWith(`${label} `) ? sentence.slice(label.length) : `: ${sentence}`;
}
