import { useRef } from 'react';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { shell } from '../../app/core.ts';
import { Button } from '../../ui/button.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { configJson, launchCommand } from './command.ts';
import type { CheckedDraft } from './draft.ts';

export interface HeadButtonsProps {
  readonly checked: CheckedDraft;
  /** Of a sweep, what becomes of runs that exist. */
  readonly existing: 'skip' | 'again';
  readonly shown: 'common' | 'all';
  readonly total: number | null;
  readonly onShown: (shown: 'common' | 'all') => void;
  readonly onOpen: (file: File) => void;
  readonly onWrong: () => void;
}

/** All fields, open a config, copy it. */
export function HeadButtons({ checked, existing, shown, total, onShown, onOpen, onWrong }: HeadButtonsProps) {
  const { config, base, axes, seeds } = checked;
  const toasts = useToasts();
  const input = useRef<HTMLInputElement>(null);
  const copy = (what: string, text: (config: RunConfig) => string): void => {
    if (!config) {
      onWrong();
      return;
    }
    navigator.clipboard.writeText(text(config)).then(() => toasts.tell(`${what} copied`, 'copy'), toasts.tellFailure);
  };
  return (
    <>
      <Button
        look="quiet"
        icon="filter"
        aria-pressed={shown === 'all'}
        className={shown === 'all' ? 'on' : ''}
        onClick={() => onShown(shown === 'all' ? 'common' : 'all')}
      >
        All {total ?? ''} fields
      </Button>
      <span className="sep" />
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = ''; // so that the same file can be opened again
          if (file) onOpen(file);
        }}
      />
      <Button look="quiet" icon="folder" onClick={() => input.current?.click()}>
        Open config
      </Button>
      <Button
        look="quiet"
        icon="copy"
        unavailable={!config}
        onClick={() => copy(axes.length > 0 ? 'Config of the first run' : 'Config', configJson)}
      >
        <Words roomy="Copy as JSON" narrow="JSON" />
      </Button>
      <Button
        look="quiet"
        icon="terminal"
        unavailable={!config}
        onClick={() =>
          copy('Command', (valid) => {
            const swept = axes.length > 0 ? base : valid;
            return launchCommand({ config: swept, seeds, axes, existing }, shell.platform());
          })
        }
      >
        <Words roomy="Copy as command" narrow="Command" />
      </Button>
    </>
  );
}

/** The short form stands in narrow windows; screen readers hear the long one there too. */
function Words({ roomy, narrow }: { readonly roomy: string; readonly narrow: string }) {
  return (
    <>
      <span className="roomy">{roomy}</span>
      <span className="narrow" aria-hidden="true">
        {narrow}
      </span>
    </>
  );
}
