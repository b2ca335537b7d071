import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

/** Where the user is, from the outside in; all but the last are links. */
export interface Crumb {
  readonly label: string;
  readonly to?: string;
}

interface CrumbsPlace {
  readonly crumbs: readonly Crumb[];
  readonly set: (crumbs: readonly Crumb[]) => void;
}

const Context = createContext<CrumbsPlace>({ crumbs: [], set: () => undefined });

export function CrumbsProvider({ children }: { readonly children: ReactNode }) {
  const [crumbs, set] = useState<readonly Crumb[]>([]);
  const place = useMemo(() => ({ crumbs, set }), [crumbs]);
  return <Context value={place}>{children}</Context>;
}

export const useCrumbs = (): readonly Crumb[] => useContext(Context).crumbs;

/** A page says where it is; the window's title follows. */
export function usePlace(...crumbs: readonly Crumb[]): void {
  const { set } = useContext(Context);
  const key = JSON.stringify(crumbs);
  useEffect(() => {
    const place = JSON.parse(key) as readonly Crumb[];
    set(place);
    document.title = `${place.at(-1)?.label ?? 'Innerloop'} · Innerloop`;
  }, [key, set]);
}
