import type { AnyEvent } from '../../shared/contract/events.ts';
import type { HomeLayout } from '../files/home.ts';
import type { Writable } from './store/database.ts';

/** What every part of the core works with. */
export interface CoreContext {
  readonly db: Writable;
  readonly layout: HomeLayout;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Tells every client a fact that is committed. */
  readonly announce: (event: AnyEvent) => void;
}
