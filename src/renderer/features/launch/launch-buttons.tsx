import { plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';

export interface LaunchButtonsProps {
  /** Fields that are wrong. */
  readonly wrong: number;
  /** null while it is not known; 0 where all runs of a sweep exist. */
  readonly runs: number | null;
  readonly launching: 'no' | 'now' | 'queue';
  readonly onLaunch: (start: 'now' | 'queue') => void;
}

/** Never disabled: a press on a wrong form leads to the first wrong field. */
export function LaunchButtons({ wrong, runs, launching, onLaunch }: LaunchButtonsProps) {
  const stopped = wrong > 0 || launching !== 'no' || runs === 0;
  const launch = runs === 0 ? 'All runs exist' : runs !== null && runs > 1 ? `Launch ${plural(runs, 'run')}` : 'Launch';
  return (
    <footer>
      <Button
        look="primary"
        size="large"
        className="grow"
        unavailable={stopped}
        aria-keyshortcuts="Control+Shift+Enter"
        title="Ctrl Shift Enter"
        onClick={() => onLaunch('now')}
      >
        {wrong > 0 ? `Fix ${plural(wrong, 'field')} to launch` : launching === 'now' ? 'Launching' : launch}
      </Button>
      <Button size="large" unavailable={stopped} keys="Ctrl Enter" onClick={() => onLaunch('queue')}>
        {launching === 'queue' ? 'Adding' : 'Add to queue'}
      </Button>
    </footer>
  );
}
