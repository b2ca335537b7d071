import { Fragment, useEffect, useState } from 'react';
import { Link, useLocation, useNavigate, useNavigationType } from 'react-router';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { useCrumbs } from './crumbs.tsx';
import { setPreference, usePreferences, useShownTheme } from './preferences.ts';

/** Drag area of the window: navigation, history, where one is, the command field, theme. */
export function TitleBar({ onCommands }: { readonly onCommands: () => void }) {
  const navigate = useNavigate();
  const { navigation } = usePreferences();
  const theme = useShownTheme();
  const { back, forward } = useHistoryEnds();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="titlebar" data-region="Title bar">
      <div className="side">
        <IconButton
          icon="sidebar"
          label={navigation === 'wide' ? 'Narrow navigation' : 'Wide navigation'}
          keys="Ctrl B"
          onClick={() => setPreference('navigation', navigation === 'wide' ? 'narrow' : 'wide')}
        />
        <IconButton icon="back" label="Back" keys="Alt Left" disabled={!back} onClick={() => navigate(-1)} />
        <IconButton icon="fwd" label="Forward" keys="Alt Right" disabled={!forward} onClick={() => navigate(1)} />
        <Crumbs />
      </div>
      <button type="button" className="omni" onClick={onCommands} aria-keyshortcuts="Control+K">
        <Icon name="search" small />
        <span className="grow">Find a run or do something</span>
        <Keys keys="Ctrl K" />
      </button>
      <div className="side end">
        <IconButton
          icon={theme === 'dark' ? 'sun' : 'moon'}
          label={`Switch to the ${other} theme`}
          onClick={() => setPreference('theme', other)}
        />
      </div>
    </header>
  );
}

function Crumbs() {
  const crumbs = useCrumbs();
  return (
    <nav className="crumbs" aria-label="Where you are">
      {crumbs.map((crumb, index) => (
        <Fragment key={crumb.label}>
          {index > 0 && <Icon name="right" small />}
          {crumb.to && index < crumbs.length - 1 ? (
            <Link to={crumb.to}>{crumb.label}</Link>
          ) : (
            <b className="trunc" aria-current="page">
              {crumb.label}
            </b>
          )}
        </Fragment>
      ))}
    </nav>
  );
}

/** Whether Back and Forward lead anywhere: the router keeps its place in the history in `history.state.idx`. */
function useHistoryEnds(): { readonly back: boolean; readonly forward: boolean } {
  const location = useLocation();
  const how = useNavigationType();
  const [ends, setEnds] = useState({ index: 0, furthest: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of address is a move in the history
  useEffect(() => {
    const index = (window.history.state as { readonly idx?: number } | null)?.idx ?? 0;
    setEnds(({ furthest }) => ({ index, furthest: how === 'PUSH' ? index : Math.max(index, furthest) }));
  }, [location.key]);
  return { back: ends.index > 0, forward: ends.index < ends.furthest };
}
