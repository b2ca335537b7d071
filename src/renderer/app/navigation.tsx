import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import type { QueueState } from '../../shared/contract/requests.ts';
import { classNames } from '../ui/class-names.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { addressOf } from './addresses.ts';
import { useRequest } from './core.ts';
import { DeviceCard } from './device-card.tsx';
import { useCountsChange, useFacts } from './facts.tsx';
import { count } from './format.ts';
import { useNavigationWidth } from './preferences.ts';
import { type SavedView, useSavedViews } from './saved-views.ts';

interface Place {
  readonly icon: IconName;
  readonly label: string;
  readonly to: string;
  readonly current: boolean;
  readonly count?: ReactNode;
  /** Something is going on there. */
  readonly live?: boolean;
  readonly keys?: string;
  readonly className?: string;
}

/** The places of the app with their counts, the device, settings. */
export function Navigation() {
  const places = usePlaces();
  return (
    <nav className="nav" aria-label="Main" data-region="Navigation">
      <div className="project">
        <Logo />
        <span className="trunc grow">Innerloop</span>
      </div>
      <NewRun />
      {places.main.map((place) => (
        <Item key={place.label} {...place} />
      ))}
      <h2>Views</h2>
      <Item {...places.starred} />
      {places.saved.map(({ saved, current }) => (
        <ViewItem key={saved.name} saved={saved} current={current} />
      ))}
      {places.away.map((place) => (
        <Item key={place.label} {...place} />
      ))}
      <div className="spring" />
      <DeviceCard />
      <Item {...places.settings} />
    </nav>
  );
}

const counted = (number: number | undefined): string => (number === undefined ? '' : count(number));
/** Nothing where there is nothing: the archive and the bin are mostly empty. */
const countedIfAny = (number: number | undefined): string => (number ? count(number) : '');

/** Every place, with what is counted there and whether it is the one that is open. */
function usePlaces() {
  const facts = useFacts();
  const views = useSavedViews();
  const { pathname, search } = useLocation();
  const query = new URLSearchParams(search);
  const filter = query.get('q') ?? '';
  const view = query.get('view') ?? 'active';
  const atQueue = query.get('at') === 'queue';
  const onRuns = pathname.startsWith('/runs') && !atQueue;
  const named = filter === 'starred:yes' || views.some((saved) => saved.filter === filter);
  const onActive = onRuns && view === 'active';
  const main: readonly Place[] = [
    {
      icon: 'runs',
      label: 'Runs',
      to: addressOf.runs(),
      current: pathname === '/runs' ? onActive && !named : onRuns,
      count: counted(facts.runs),
      keys: 'G then R',
    },
    {
      icon: 'queue',
      label: 'Queue',
      to: addressOf.queue(),
      current: pathname === '/runs' && atQueue,
      count: queueText(facts.queue),
      live: (facts.queue?.running.length ?? 0) > 0,
      keys: 'G then Q',
    },
    {
      icon: 'compare',
      label: 'Compare',
      to: addressOf.compare(),
      current: pathname.startsWith('/compare'),
      keys: 'G then C',
    },
    {
      icon: 'dataset',
      label: 'Datasets',
      to: addressOf.datasets(),
      current: pathname.startsWith('/datasets'),
      count: counted(facts.datasets),
      keys: 'G then D',
    },
    {
      icon: 'model',
      label: 'Models',
      to: addressOf.models(),
      current: pathname.startsWith('/models'),
      count: counted(facts.models),
      keys: 'G then M',
    },
  ];
  const filtered = (wanted: string): boolean => onActive && pathname === '/runs' && filter === wanted;
  const away = (label: string, icon: IconName, of: 'archived' | 'bin', number: number | undefined): Place => ({
    icon,
    label,
    to: addressOf.runs('', of),
    current: onRuns && view === of,
    count: countedIfAny(number),
  });
  const starred: Place = {
    icon: 'star',
    label: 'Starred',
    to: addressOf.runs('starred:yes'),
    current: filtered('starred:yes'),
    count: counted(facts.starred),
  };
  const settings: Place = {
    icon: 'settings',
    label: 'Settings',
    to: addressOf.settings(),
    current: pathname.startsWith('/settings'),
    count: <Keys keys="Ctrl ," />,
    keys: 'Ctrl ,',
  };
  return {
    main,
    starred,
    saved: views.map((saved) => ({ saved, current: filtered(saved.filter) })),
    away: [away('Archived', 'archive', 'archived', facts.archived), away('Bin', 'trash', 'bin', facts.inBin)],
    settings,
  };
}

/** "1 running · 4" */
function queueText(queue: QueueState | undefined): string {
  if (!queue) return '';
  const running = queue.running.length > 0 ? `${queue.running.length} running` : '';
  return [running, queue.queued.length || ''].filter(Boolean).join(' · ');
}

function Item({ icon, label, to, current, count: shown, live, keys, className }: Place) {
  const narrow = useNavigationWidth() === 'narrow';
  const link = (
    <Link
      to={to}
      className={classNames('item', className)}
      aria-current={current ? 'page' : undefined}
      aria-label={narrow ? label : undefined}
    >
      <Icon name={icon} />
      <span className="trunc">{label}</span>
      {shown !== '' && shown !== undefined && <span className={classNames('count', live && 'live')}>{shown}</span>}
    </Link>
  );
  if (!narrow) return link;
  return (
    <Tooltip text={label} side="right" {...(keys ? { keys } : {})}>
      {link}
    </Tooltip>
  );
}

function ViewItem({ saved, current }: { readonly saved: SavedView; readonly current: boolean }) {
  const matching = useRequest(
    'runs.list',
    { filter: saved.filter, view: 'active', sort: { by: 'created', order: 'descending' }, limit: 1, offset: 0 },
    { refreshOn: ['run.changed', 'run.removed'], refreshWhen: useCountsChange() },
  );
  return (
    <Item
      icon="filter"
      label={saved.name}
      to={addressOf.runs(saved.filter)}
      current={current}
      count={matching.value ? count(matching.value.matching) : ''}
      className="view"
    />
  );
}

function NewRun() {
  const narrow = useNavigationWidth() === 'narrow';
  const link = (
    <Link className="btn primary new" to={addressOf.newRun()} aria-label={narrow ? 'New run' : undefined}>
      <Icon name="plus" />
      <span>New run</span>
      <Keys keys="N" />
    </Link>
  );
  if (!narrow) return link;
  return (
    <Tooltip text="New run" keys="N" side="right">
      {link}
    </Tooltip>
  );
}

export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d="M17.4 8.6A7.5 7.5 0 1 1 12.7 3" stroke="var(--text-1)" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M7 11.5a3.3 3.3 0 1 0 .4-3.6" stroke="var(--accent)" strokeWidth="1.8" strokeLinecap="round" />
      <circle cx="15.6" cy="4.7" r="1.5" fill="var(--accent)" />
    </svg>
  );
}
