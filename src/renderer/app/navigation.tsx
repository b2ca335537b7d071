import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
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
  const facts = useFacts();
  const { pathname, search } = useLocation();
  const query = new URLSearchParams(search);
  const filter = query.get('q') ?? '';
  const view = query.get('view') ?? 'active';
  const onRuns = pathname.startsWith('/runs') && !query.has('at');
  const views = useSavedViews();
  const named = filter === 'starred:yes' || views.some((saved) => saved.filter === filter);
  const plain = onRuns && !named && view === 'active';
  const { queue } = facts;
  const queueText = queue
    ? [queue.running.length > 0 ? `${queue.running.length} running` : '', queue.queued.length || '']
        .filter(Boolean)
        .join(' · ')
    : '';
  return (
    <nav className="nav" aria-label="Main" data-region="Navigation">
      <div className="project">
        <Logo />
        <span className="trunc grow">Innerloop</span>
      </div>
      <NewRun />
      <Item
        icon="runs"
        label="Runs"
        to={addressOf.runs()}
        current={pathname === '/runs' ? plain : onRuns}
        count={facts.runs === undefined ? '' : count(facts.runs)}
        keys="G then R"
      />
      <Item
        icon="queue"
        label="Queue"
        to={addressOf.queue()}
        current={pathname === '/runs' && query.get('at') === 'queue'}
        count={queueText}
        live={(queue?.running.length ?? 0) > 0}
        keys="G then Q"
      />
      <Item
        icon="compare"
        label="Compare"
        to={addressOf.compare()}
        current={pathname.startsWith('/compare')}
        keys="G then C"
      />
      <Item
        icon="dataset"
        label="Datasets"
        to={addressOf.datasets()}
        current={pathname.startsWith('/datasets')}
        count={facts.datasets === undefined ? '' : count(facts.datasets)}
        keys="G then D"
      />
      <h2>Views</h2>
      <Item
        icon="star"
        label="Starred"
        to={addressOf.runs('starred:yes')}
        current={onRuns && view === 'active' && filter === 'starred:yes'}
        count={facts.starred === undefined ? '' : count(facts.starred)}
      />
      {views.map((saved) => (
        <ViewItem key={saved.name} saved={saved} current={onRuns && view === 'active' && filter === saved.filter} />
      ))}
      <Item
        icon="archive"
        label="Archived"
        to={addressOf.runs('', 'archived')}
        current={onRuns && view === 'archived'}
        count={facts.archived ? count(facts.archived) : ''}
      />
      <Item
        icon="trash"
        label="Bin"
        to={addressOf.runs('', 'bin')}
        current={onRuns && view === 'bin'}
        count={facts.inBin ? count(facts.inBin) : ''}
      />
      <div className="spring" />
      <DeviceCard />
      <Item
        icon="settings"
        label="Settings"
        to={addressOf.settings()}
        current={pathname.startsWith('/settings')}
        count={<Keys keys="Ctrl ," />}
        keys="Ctrl ,"
      />
    </nav>
  );
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
