import { Dialog } from '../ui/dialog.tsx';
import { KeyList } from './key-list.tsx';

/** All keys, on `?`. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose} width={760}>
      <KeyList className="keysheet" />
      <p className="t11 muted">
        Single letters act only when no text field has the focus. Settings can switch them off.
      </p>
    </Dialog>
  );
}
