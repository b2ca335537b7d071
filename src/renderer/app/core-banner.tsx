import { useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { useEvent } from './core.ts';

/** Says that the core is away; goes when it is back (and every page asks again). */
export function CoreBanner() {
  const [trouble, setTrouble] = useState<{ state: 'restarting' | 'failed'; message: string } | null>(null);
  useEvent('core.state', ({ state, message }) => setTrouble(state === 'connected' ? null : { state, message }));
  if (!trouble) return null;
  return (
    <div className={trouble.state === 'failed' ? 'banner failed' : 'banner'} role="alert">
      <Icon name={trouble.state === 'failed' ? 'alert' : 'refresh'} />
      <span className="grow">{trouble.message}</span>
    </div>
  );
}
