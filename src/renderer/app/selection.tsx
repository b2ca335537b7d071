import {
  createContext,
  type Dispatch,
  type ReactNode,
  type SetStateAction,
  useContext,
  useMemo,
  useState,
} from 'react';

/** Selected runs, by id. Kept above the pages: it survives sorting, filtering and going away, and the palette knows it. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly set: Dispatch<SetStateAction<ReadonlySet<string>>>;
}

const Context = createContext<Selection | null>(null);

export function SelectionProvider({ children }: { readonly children: ReactNode }) {
  const [ids, set] = useState<ReadonlySet<string>>(new Set());
  const selection = useMemo(() => ({ ids, set }), [ids]);
  return <Context value={selection}>{children}</Context>;
}

export function useSelection(): Selection {
  const selection = useContext(Context);
  if (!selection) throw new Error('useSelection needs a SelectionProvider around it.');
  return selection;
}
