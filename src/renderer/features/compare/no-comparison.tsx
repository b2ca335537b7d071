import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { addressOf } from '../../app/addresses.ts';
import { useRequest } from '../../app/core.ts';
import { plural } from '../../app/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { RunPicker } from './run-picker.tsx';
import { type SavedComparison, savedIn, storeComparisons, withComparison } from './saved-comparisons.ts';

/** Nothing to compare yet: pick runs, or open what was saved. */
export function NoComparison() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const navigate = useNavigate();
  const settings = useRequest('settings.get', null);
  const saved = settings.value ? savedIn(settings.value) : [];
  return (
    <div className="no-comparison">
      <section className="panel">
        <header>
          <h2>Pick two or more runs</h2>
        </header>
        <RunPicker chosen={chosen} onChange={setChosen} />
        <footer>
          <span className="grow t12 soft num">{chosen.size > 0 ? `${plural(chosen.size, 'run')} picked` : ''}</span>
          <Button
            look="primary"
            icon="compare"
            unavailable={chosen.size < 2}
            onClick={() => chosen.size >= 2 && navigate(addressOf.compare([...chosen]))}
          >
            Compare
          </Button>
        </footer>
      </section>
      {saved.length > 0 && <Saved saved={saved} onChanged={settings.refresh} />}
    </div>
  );
}

function Saved({ saved, onChanged }: { readonly saved: readonly SavedComparison[]; readonly onChanged: () => void }) {
  const toasts = useToasts();
  const remove = (comparison: SavedComparison): void => {
    const without = saved.filter((each) => each !== comparison);
    const store = async (next: readonly SavedComparison[]): Promise<void> => {
      await storeComparisons(next);
      onChanged();
    };
    void toasts.perform({
      icon: 'trash',
      done: `${comparison.name} removed`,
      act: () => store(without),
      undo: () => store(withComparison(without, comparison)),
    });
  };
  return (
    <section className="panel saved">
      <header>
        <h2>Saved comparisons</h2>
      </header>
      <ul className="picks">
        {saved.map((comparison) => (
          <li key={comparison.name}>
            <Icon name="compare" small />
            <Link className="trunc grow" to={addressOf.compare(comparison.runs)}>
              {comparison.name}
            </Link>
            <span className="muted t11 num">{plural(comparison.runs.length, 'run')}</span>
            <IconButton
              size="small"
              icon="trash"
              label={`Remove ${comparison.name}`}
              onClick={() => remove(comparison)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
