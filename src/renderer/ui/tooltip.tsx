import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Keys } from './keys.tsx';

export interface TooltipProps {
  readonly text: ReactNode;
  readonly keys?: string;
  readonly side?: 'top' | 'bottom' | 'right' | 'left';
  /** One element that can take focus. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** A line of text beside what is pointed at or focused. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="layer">
          <Base.Popup className="tooltip">
            {text}
            {keys && <Keys keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Shares one delay between all tooltips of the window. */
export const TooltipProvider = Base.Provider;
