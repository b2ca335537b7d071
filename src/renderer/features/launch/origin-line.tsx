import { plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import type { Origin } from './use-draft.ts';

interface OriginLineProps {
  readonly origin: Origin;
  readonly changed: number;
  readonly preset: string;
  readonly onReset: () => void;
}

/** Says that the form does not show a preset as it is, and leads back to it. */
export function OriginLine({ origin, changed, preset, onReset }: OriginLineProps) {
  if (changed === 0 && origin.kind === 'preset') return null;
  const from = {
    preset: '',
    kept: 'As you left it. ',
    run: `A copy of ${origin.kind === 'run' ? origin.name : ''}. `,
    file: `From ${origin.kind === 'file' ? origin.name : ''}. `,
  }[origin.kind];
  return (
    <p className="origin t12 soft">
      <span>
        {from}
        {changed === 0 ? `Same as the preset ${preset}.` : `${plural(changed, 'field')} changed from the preset.`}
      </span>
      {changed > 0 && (
        <Button look="quiet" size="small" icon="undo" onClick={onReset}>
          Back to the preset
        </Button>
      )}
    </p>
  );
}
