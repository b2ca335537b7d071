// biome-ignore-all lint/a11y/useSemanticElements: a combobox with a listbox, as the ARIA practice has it
// biome-ignore-all lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a list of options
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field has the keys
import { Dialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { addressOf } from '../../app/addresses.ts';
import { useRequest } from '../../app/core.ts';
import { measured, plural } from '../../app/format.ts';
import { useSelection } from '../../app/selection.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { StateMark, stateWords } from '../../ui/marks.tsx';
import { datasetName } from '../runs/cells.tsx';
import { useRunActs } from '../runs/use-run-acts.ts';
import { fuzzy, marked } from './fuzzy.ts';
import { commandItem, type PaletteItem, type PaletteSection, paletteSections } from './palette-items.ts';
import { runCommands, useCommands } from './use-commands.ts';

export interface CommandPaletteProps {
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

const recentRuns = {
  filter: '',
  view: 'active',
  sort: { by: 'created', order: 'descending' },
  limit: 2000,
  offset: 0,
} as const;
const noRuns: readonly RunSummary[] = [];

const describe = (run: RunSummary): { note: string; end: string } => ({
  note: run.state === 'failed' ? (run.failure?.message ?? '') : datasetName(run),
  end: run.best ? measured(run.best) : stateWords[run.state].toLowerCase(),
});

/** One field for runs, datasets, tags and commands. */
export function CommandPalette({ onClose, onKeys }: CommandPaletteProps) {
  const [query, setQuery] = useState('');
  const [subject, setSubject] = useState<RunSummary | null>(null);
  const [active, setActive] = useState(0);
  const { sections, found } = useSections(query, subject, onKeys);
  const items = sections.flatMap((section) => section.items);
  const current = items[Math.min(active, items.length - 1)];
  const id = useId();
  const search = (text: string): void => {
    setQuery(text);
    setActive(0);
  };
  const about = (run: RunSummary | null): void => {
    setSubject(run);
    search('');
  };
  const run = (item: PaletteItem | undefined): void => {
    if (!item) return;
    onClose();
    item.act();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const next = movedTo(event.key, active, items.length);
    if (next !== null) setActive(next);
    else if (event.key === 'Enter') run(current);
    else if (event.key === 'Tab' && current?.run && !subject) about(current.run);
    else if (subject && (event.key === 'Escape' || (event.key === 'Backspace' && query === ''))) about(null);
    else if (event.key !== 'Tab') return; // Tab stays in the field: there is nothing else to go to
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="palette" aria-label="Find a run or do something">
          <div className="pin">
            <Icon name="search" />
            {subject && <span className="tag plain">{subject.name}</span>}
            <input
              role="combobox"
              aria-label={subject ? `What to do with ${subject.name}` : 'Find a run or do something'}
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-activedescendant={current ? `${id}-${current.id}` : undefined}
              placeholder={subject ? 'What to do with it' : 'Find a run or do something'}
              spellCheck={false}
              autoComplete="off"
              value={query}
              onChange={(event) => search(event.target.value)}
              onKeyDown={onKeyDown}
            />
            <span className="muted t11 nowrap">{found}</span>
          </div>
          <Results {...{ sections, id, current }} onRun={run} onPoint={(item) => setActive(items.indexOf(item))} />
          <Footer subject={subject} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Where a key moves the choice to: round by one, up to the ends by eight; null for other keys. */
function movedTo(key: string, active: number, length: number): number | null {
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[key];
  if (by === undefined || length === 0) return null;
  const next = active + by;
  return Math.abs(by) === 1 ? (next + length) % length : Math.max(0, Math.min(length - 1, next));
}

interface ResultsProps {
  readonly sections: readonly PaletteSection[];
  readonly id: string;
  readonly current: PaletteItem | undefined;
  readonly onRun: (item: PaletteItem) => void;
  readonly onPoint: (item: PaletteItem) => void;
}

function Results({ sections, id, current, onRun, onPoint }: ResultsProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <ul id={`${id}-list`} role="listbox" aria-label="Results" ref={list}>
      {sections.map((section) => (
        <Section key={section.title} {...{ section, id, current, onRun, onPoint }} />
      ))}
      {sections.every(({ items }) => items.length === 0) && (
        <li className="gh" role="option" aria-selected="false" aria-disabled="true">
          Nothing found
        </li>
      )}
    </ul>
  );
}

function Footer({ subject }: { readonly subject: RunSummary | null }) {
  return (
    <footer>
      <span>
        <Keys keys="Up" spoken /> <Keys keys="Down" spoken /> move
      </span>
      <span>
        <Keys keys="Enter" spoken /> open
      </span>
      <span>
        <Keys keys={subject ? 'Esc' : 'Tab'} spoken /> {subject ? 'back' : 'what can be done with it'}
      </span>
      <span className="grow" />
      <span>
        <Keys keys=">" spoken /> commands
      </span>
      <span>
        <Keys keys="#" spoken /> tags
      </span>
      <span>
        <Keys keys="@" spoken /> datasets
      </span>
    </footer>
  );
}

/** What is listed, and in words how much was found. */
function useSections(
  query: string,
  subject: RunSummary | null,
  onKeys: () => void,
): { readonly sections: readonly PaletteSection[]; readonly found: string } {
  const navigate = useNavigate();
  const acts = useRunActs();
  const selection = useSelection();
  const list = useRequest('runs.list', recentRuns);
  const datasets = useRequest('datasets.list', null);
  const runs = list.value?.runs ?? noRuns;
  const commands = useCommands(runs, onKeys);
  return useMemo(() => {
    if (subject) {
      const items = runCommands(subject, acts, (address) => void navigate(address), [...selection.ids]).flatMap(
        (command) => {
          const match = fuzzy(query, command.text);
          return match ? [commandItem(command, match.places)] : [];
        },
      );
      return { sections: [{ title: `With ${subject.name}`, items }], found: '' };
    }
    const sections = paletteSections({
      query,
      runs,
      datasets: datasets.value ?? [],
      commands,
      describe,
      openRun: (run) => void navigate(addressOf.run(run.id)),
      openDataset: (dataset) => void navigate(addressOf.dataset(dataset.id)),
      showOnly: (filter) => void navigate(addressOf.runs(filter)),
    });
    const total = list.value?.total ?? 0;
    const matching = query === '' ? total : runs.filter(({ name }) => fuzzy(query, name)).length;
    const within = total > runs.length ? ` of the latest ${runs.length}` : '';
    return { sections, found: /^[>#@]/.test(query) ? '' : `${plural(matching, 'run')}${query === '' ? '' : within}` };
  }, [query, subject, runs, datasets.value, commands, list.value, acts, navigate, selection.ids]);
}

interface SectionProps {
  readonly section: PaletteSection;
  readonly id: string;
  readonly current: PaletteItem | undefined;
  readonly onRun: (item: PaletteItem) => void;
  readonly onPoint: (item: PaletteItem) => void;
}

function Section({ section, id, current, onRun, onPoint }: SectionProps) {
  return (
    <>
      <li className="gh" role="presentation">
        {section.title}
      </li>
      {section.items.map((item) => (
        <li
          key={item.id}
          id={`${id}-${item.id}`}
          role="option"
          aria-selected={item === current}
          className={classNames(item === current && 'on')}
          onPointerMove={() => item !== current && onPoint(item)}
          onClick={() => onRun(item)}
        >
          {item.mark.kind === 'run' ? (
            <StateMark
              state={item.mark.run.state}
              done={item.mark.run.iteration / item.mark.run.config.outer.iterations}
            />
          ) : (
            <Icon name={item.mark.icon} />
          )}
          <span className="trunc">
            {marked(item.text, item.places).map(({ text, on }, index) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in order
              on ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
            )}
          </span>
          {item.note && <span className="muted t11 trunc note">{item.note}</span>}
          {(item.end || item.keys) && (
            <span className="num end">
              {item.end}
              {item.keys && <Keys keys={item.keys} />}
            </span>
          )}
        </li>
      ))}
    </>
  );
}
