import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the bottom, the main one last. */
  readonly footer?: ReactNode;
  readonly width?: number;
  readonly className?: string;
}

/** A modal dialog: traps and returns focus; Esc closes. Mount it to open it. */
export function Dialog({ title, onClose, children, footer, width = 440, className }: DialogProps) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup className={classNames('dialog', 'modal', className)} style={{ width }}>
          <header>
            <Base.Title>{title}</Base.Title>
            {/* Without a tooltip: Esc would close that first. */}
            <Base.Close className="ib" aria-label="Close">
              <Icon name="x" />
            </Base.Close>
          </header>
          <div className="modal-body">{children}</div>
          {footer && <footer>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export interface ConfirmProps {
  readonly title: string;
  /** What is lost. */
  readonly text: ReactNode;
  /** Names the act: "Delete 12 runs". */
  readonly act: string;
  readonly onAct: () => void;
  readonly onClose: () => void;
}

/** Only before something that cannot come back. */
export function Confirm({ title, text, act, onAct, onClose }: ConfirmProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="danger"
            onClick={() => {
              onAct();
              onClose();
            }}
          >
            {act}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
